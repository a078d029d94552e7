package io.alexstream.model.retrain;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says once that all is to end. Safe for concurrent use: a latch and a volatile field are all its state. */
public final class StopSignal {

    private static final Runnable NOTHING = () -> {};

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Runnable interruption = NOTHING;

    /** From any thread, a signal's among them; returns at once. */
    public void stop() {
        stopped.countDown();
        interruption.run();
    }

    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /**
     * Waits that long, or until it is stopped.
     *
     * @return false where it is stopped
     */
    public boolean sleep(Duration time) {
        try {
            return !stopped.await(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Does what takes long and can be stopped.
     *
     * @param interrupt is called by {@link #stop}, at once where that was before; once or twice
     */
    public <T> T whileStoppable(Runnable interrupt, Supplier<T> work) {
        interruption = interrupt;
        try {
            if (isStopped()) {
                interrupt.run();
            }
            return work.get();
        } finally {
            interruption = NOTHING;
        }
    }
}
