package io.alexstream.image;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends blocking exchanges whose time is over or whose thread was interrupted: a socket's timeouts begin anew with each
 * byte, and its reads do not heed interruption. One thread for all exchanges, asleep while there are none. Safe for
 * concurrent use.
 */
final class Watchdog implements AutoCloseable {

    /** How late an exchange may be ended: small beside any timeout, and 16 exchanges cost 640 looks a second. */
    private static final Duration PERIOD = Duration.ofMillis(25);

    private final ScheduledThreadPoolExecutor executor;

    Watchdog() {
        this.executor = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("image-fetch-watchdog"));
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Watches an exchange of the calling thread until the result is closed; ending it twice must do no harm. */
    Watch watch(Deadline deadline, Runnable end) {
        Thread fetching = Thread.currentThread();
        Future<?> looks = executor.scheduleWithFixedDelay(
                () -> {
                    if (deadline.isOver() || fetching.isInterrupted()) {
                        end.run();
                    }
                },
                PERIOD.toMillis(),
                PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> looks.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** An exchange being watched. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
