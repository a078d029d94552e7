package io.alexstream.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one load at a time, so that serving has one beside it and no more. One that does not end in time is given up,
 * and its thread with it: a read from a hung file system cannot be ended, only left behind. Safe for concurrent use: guarded
 * by this object's lock.
 */
final class LoadQueue implements AutoCloseable {

    private static final long END_SECONDS = 10;

    private final Supplier<ExecutorService> threads;
    private final ScheduledExecutorService timer;
    private final Duration limit;
    private ExecutorService thread;
    private @Nullable Abandonment running;
    private boolean closed;

    /**
     * @param threads makes executors of one thread each
     * @param timer ends loads that take too long; the caller closes it
     */
    LoadQueue(Supplier<ExecutorService> threads, ScheduledExecutorService timer, Duration limit) {
        this.threads = threads;
        this.timer = timer;
        this.limit = limit;
        this.thread = threads.get();
    }

    /**
     * Loads as soon as those before have ended. The time limit starts with the load, not with the wait.
     *
     * @param what for the message of a load that takes too long
     * @param tooLate takes what is ready after it was given up
     */
    <T> CompletableFuture<T> submit(
            String what, Abandonment abandonment, Function<Abandonment, T> load, Consumer<T> tooLate) {
        CompletableFuture<T> result = new CompletableFuture<>();
        enqueue(() -> run(what, abandonment, load, tooLate, result));
        return result;
    }

    private synchronized void enqueue(Runnable load) {
        if (!closed) {
            thread.execute(load);
        }
    }

    private <T> void run(
            String what,
            Abandonment abandonment,
            Function<Abandonment, T> load,
            Consumer<T> tooLate,
            CompletableFuture<T> result) {
        Future<?> timeout = CompletableFuture.completedFuture(null);
        begins(abandonment);
        try {
            timeout = timer.schedule(() -> giveUp(what, abandonment, result), limit.toMillis(), TimeUnit.MILLISECONDS);
            T loaded = load.apply(abandonment);
            if (!result.complete(loaded)) {
                tooLate.accept(loaded);
            }
        } catch (Throwable t) {
            // Errors too: what a load runs out of must not end the thread silently, and serving goes on.
            result.completeExceptionally(t);
        } finally {
            timeout.cancel(false);
            ended(abandonment);
        }
    }

    private synchronized void begins(Abandonment load) {
        running = load;
        if (closed) {
            load.abandon();
        }
    }

    private synchronized void ended(Abandonment load) {
        if (running == load) {
            running = null;
        }
    }

    private void giveUp(String what, Abandonment abandonment, CompletableFuture<?> result) {
        boolean late = result.completeExceptionally(ModelLoadException.passing(
                what + " was not ready after " + limit.toSeconds()
                        + " s; raise model.load-timeout, or check the file system and whether the machine has a core to spare",
                null));
        if (late) {
            abandonment.abandon();
            replaceThread(abandonment);
        }
    }

    /** Only while that load still runs: the thread may be at the next one already. */
    private synchronized void replaceThread(Abandonment load) {
        if (closed || running != load) {
            return;
        }
        List<Runnable> waiting = new ArrayList<>(thread.shutdownNow());
        thread = threads.get();
        waiting.forEach(thread::execute);
    }

    /** Ends the load that runs, if it can be ended; those that wait never complete. */
    @Override
    public void close() {
        ExecutorService last;
        synchronized (this) {
            closed = true;
            last = thread;
            if (running != null) {
                running.abandon();
            }
        }
        last.shutdownNow();
        Waiting.uninterrupted(() -> last.awaitTermination(END_SECONDS, TimeUnit.SECONDS));
    }
}
