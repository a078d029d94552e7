package io.alexstream.serving;

import io.alexstream.batching.BatchPolicy;
import io.alexstream.contract.ModelManifest;
import org.jspecify.annotations.Nullable;

/**
 * The direct memory that serving a model takes: the buffers of all batches that exist at once, one more for the warm-up of a
 * session that is opened while they are all in use, the golden frames while they are checked, and the one that is kept.
 *
 * @param maxBatchSize most frames in one batch
 * @param batches buffers of a batch
 * @param frameBytes bytes of one frame
 * @param goldenFrames golden frames, the kept one counted once more
 */
record OffHeapNeed(int maxBatchSize, int batches, int frameBytes, int goldenFrames) {

    static OffHeapNeed of(BatchPolicy policy, ModelManifest manifest) {
        return new OffHeapNeed(
                policy.maxBatchSize(),
                policy.maxInFlightBatches() + 1,
                manifest.input().frameBytes(),
                manifest.golden().expected().size() + 1);
    }

    long bytes() {
        return Math.multiplyExact(
                (long) frameBytes, Math.addExact(Math.multiplyExact((long) maxBatchSize, batches), goldenFrames));
    }

    /**
     * Refuses what can never be had, before any of it is taken. What is in use now does not count yet: some of it may be
     * garbage, which the JVM collects when a buffer is asked for; where it does not, {@link #refusal} says so then.
     *
     * @throws ModelLoadException where the limit of the JVM or of a buffer lies below the need
     */
    void requireWithin(DirectMemory memory) {
        long batchBytes = (long) maxBatchSize * frameBytes;
        if (batchBytes > Integer.MAX_VALUE) {
            throw ModelLoadException.permanent(
                    "a batch of " + maxBatchSize + " frames of " + frameBytes + " bytes has " + batchBytes
                            + " bytes, a buffer holds at most " + Integer.MAX_VALUE + "; lower batch.max-size",
                    null);
        }
        if (bytes() > memory.limit()) {
            throw refusal(memory, null);
        }
    }

    /** That this much is not there; in one line. */
    ModelLoadException refusal(DirectMemory memory, @Nullable Throwable cause) {
        return ModelLoadException.permanent(
                "too little direct memory: " + batches + " buffers of " + maxBatchSize + " frames of " + frameBytes
                        + " bytes and " + goldenFrames + " golden frames need " + bytes() + " bytes, "
                        + memory.available() + " of the JVM's " + memory.limit()
                        + " are free; raise taskmanager.memory.task.off-heap.size by "
                        + Math.max(1, bytes() - memory.available()) + " bytes or more, or lower batch.max-size",
                cause);
    }
}
