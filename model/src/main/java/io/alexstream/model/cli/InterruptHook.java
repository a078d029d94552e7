package io.alexstream.model.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C asks a command to stop, and the process ends when the command has closed what it uses. Close it last. Its methods are
 * called by the command's thread; what it runs is called by the JVM's.
 */
final class InterruptHook implements AutoCloseable {

    /** Longer than a poll and closing a consumer take. */
    private static final long CLOSE_SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    /** @param stop is safe from any thread and returns at once */
    InterruptHook(Runnable stop) {
        hook = new Thread(() -> run(stop), "stop-command");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void run(Runnable stop) {
        stop.run();
        try {
            ended.await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends, and the hook was just waiting for this.
        }
    }
}
