package io.alexstream.job.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what a cluster does in its own time. */
final class Patience {

    /** A recovery takes 5 to 15 s on two idle cores; a loaded machine gets twelve times that. */
    static final Duration LIMIT = Duration.ofMinutes(3);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Patience() {}

    /**
     * Asks until the answer is yes.
     *
     * @param plight what a failure adds: what is known of the state
     * @throws AssertionError where it does not come true in time
     */
    static void until(String what, Callable<Boolean> condition, Callable<String> plight) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("not after " + LIMIT.toSeconds() + " s: " + what + "; " + plight.call());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
