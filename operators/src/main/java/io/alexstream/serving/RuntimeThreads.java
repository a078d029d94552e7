package io.alexstream.serving;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The threads of a runtime: the pools that feed it, those that run batches, and the watchdog. Closed once, by the runtime. */
final class RuntimeThreads implements AutoCloseable {

    /** A batch of 32 takes 0.4 s on two cores; one that has not ended after this long is stuck in the device. */
    private static final long WORKER_END_SECONDS = 20;

    private static final long POOL_END_SECONDS = 10;

    private final List<ExecutorService> pools;
    private final List<Thread> workers;
    private final ScheduledExecutorService watchdog;

    RuntimeThreads(List<ExecutorService> pools, List<Thread> workers, ScheduledExecutorService watchdog) {
        this.pools = pools;
        this.workers = workers;
        this.watchdog = watchdog;
    }

    /** Waits for the threads, also where the caller is interrupted. */
    @Override
    public void close() throws TimeoutException {
        watchdog.shutdownNow();
        pools.forEach(ExecutorService::shutdownNow);
        for (ExecutorService pool : pools) {
            // A thread that hangs in a read holds no model; it ends with the read.
            Waiting.uninterrupted(() -> pool.awaitTermination(POOL_END_SECONDS, TimeUnit.SECONDS));
        }
        for (Thread worker : workers) {
            Waiting.uninterrupted(() -> worker.join(TimeUnit.SECONDS.toMillis(WORKER_END_SECONDS)));
        }
        for (Thread worker : workers) {
            if (worker.isAlive()) {
                throw new TimeoutException(worker.getName() + " is still in a run after " + WORKER_END_SECONDS + " s");
            }
        }
    }
}
