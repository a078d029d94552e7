package io.alexstream.job.cluster;

import java.io.IOException;

/**
 * The agent of every child JVM: halts it when its standard input ends, which it does when the parent dies, however it dies.
 * Alone in its jar, so it may use nothing but the JDK.
 */
public final class EndWithParent {

    /** As after SIGKILL: nobody is left to whom anything could be reported. */
    private static final int STATUS = 137;

    private EndWithParent() {}

    /** Called by the JVM before the child's main method. */
    public static void premain(String unused) {
        Thread watch = new Thread(EndWithParent::awaitEnd, "end-with-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // The parent says nothing; it only ends.
            }
        } catch (IOException e) {
            // The pipe is broken, which says the same.
        }
        Runtime.getRuntime().halt(STATUS);
    }
}
