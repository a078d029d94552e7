package io.alexstream.serving;

import io.alexstream.batching.MicroBatch;
import io.alexstream.batching.MicroBatcher;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The body of one inference thread: takes batches, runs them, tells how long that took. Confined to its thread, but for the
 * start of the current run, which the watchdog reads.
 */
final class BatchWorker implements Runnable {

    private static final long IDLE = Long.MIN_VALUE;

    private final MicroBatcher<ServedModel, Frame> batcher;
    private final BatchRunner runner;
    private final LongSupplier nanoClock;
    private final Consumer<Throwable> onFault;
    private volatile long runningSince = IDLE;

    /**
     * @param onFault told of what no frame can be blamed for; the runtime is unusable afterwards
     */
    BatchWorker(
            MicroBatcher<ServedModel, Frame> batcher,
            BatchRunner runner,
            LongSupplier nanoClock,
            Consumer<Throwable> onFault) {
        this.batcher = batcher;
        this.runner = runner;
        this.nanoClock = nanoClock;
        this.onFault = onFault;
    }

    @Override
    @SuppressWarnings("CatchAndPrintStackTrace")
    public void run() {
        try {
            for (MicroBatch<ServedModel, Frame> batch = batcher.take(); batch != null; batch = batcher.take()) {
                try {
                    run(batch);
                } finally {
                    batcher.release(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable t) {
            onFault.accept(t);
        }
    }

    private void run(MicroBatch<ServedModel, Frame> batch) {
        int queued = batcher.queued();
        long start = nanoClock.getAsLong();
        runningSince = start;
        batch.elements().forEach(frame -> frame.listener().waited(start - frame.readyAt()));
        try {
            runner.run(batch, queued >= batch.size());
        } finally {
            runningSince = IDLE;
        }
        batch.elements()
                .get(0)
                .listener()
                .batchRun(batch.size(), batch.closeReason(), nanoClock.getAsLong() - start, queued);
    }

    /** How long the current run has taken so far, in nanoseconds; 0 between runs. */
    long runningFor(long now) {
        long since = runningSince;
        return since == IDLE ? 0 : now - since;
    }
}
