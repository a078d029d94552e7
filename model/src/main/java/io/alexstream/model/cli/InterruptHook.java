package io.alexstream.model.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command in order when Ctrl-C or a TERM signal comes: asks it to stop and keeps the JVM until {@link #close} says that it
 * has. Safe for concurrent use.
 */
final class InterruptHook implements AutoCloseable {

    private final Thread hook;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;

    /**
     * @param stop asks the command to end, from the hook's thread
     * @param patience after which the JVM ends anyhow
     */
    InterruptHook(Runnable stop, Duration patience) {
        hook = new Thread(
                () -> {
                    stopped = true;
                    stop.run();
                    await(patience);
                },
                "on-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void await(Duration patience) {
        try {
            ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /** The command has ended. */
    @Override
    public void close() {
        ended.countDown();
        if (!stopped) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM began to end this very moment, and the hook will not wait.
            }
        }
    }
}
