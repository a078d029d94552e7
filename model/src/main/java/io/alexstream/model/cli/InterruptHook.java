package io.alexstream.model.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or a TERM signal asks a command to stop, and the process ends when the command has closed what it uses. Close it last.
 * Its methods are called by the command's thread; what it runs is called by the JVM's.
 */
final class InterruptHook implements AutoCloseable {

    /** Longer than a poll and closing a consumer take. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private final Duration patience;
    private volatile boolean stopped;

    /** @param stop is safe from any thread and returns at once */
    InterruptHook(Runnable stop) {
        this(stop, CLOSING);
    }

    /** @param patience after which the process ends anyhow */
    InterruptHook(Runnable stop, Duration patience) {
        this.patience = patience;
        hook = new Thread(() -> run(stop), "stop-command");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void run(Runnable stop) {
        stopped = true;
        stop.run();
        try {
            ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the command was asked to stop. */
    boolean isStopped() {
        return stopped;
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
