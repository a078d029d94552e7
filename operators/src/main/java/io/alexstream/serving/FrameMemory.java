package io.alexstream.serving;

import io.alexstream.batching.BatchPolicy;
import io.alexstream.batching.MicroBatcher;
import io.alexstream.contract.ModelManifest;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The direct memory in which frames lie: checked, made at start, lent to warm-ups. Safe for concurrent use: the batcher is. */
final class FrameMemory {

    private final BatchPolicy policy;
    private final MicroBatcher<?, ?> batcher;

    FrameMemory(BatchPolicy policy, MicroBatcher<?, ?> batcher) {
        this.policy = policy;
        this.batcher = batcher;
    }

    /**
     * Checks that a model's frames can find room at all, before any is taken.
     *
     * @throws ModelLoadException permanent, with the bytes needed and there and the option to raise
     */
    void require(ModelManifest manifest) {
        OffHeapNeed.of(policy, manifest).requireWithin(DirectMemory.ofThisJvm());
    }

    /**
     * Makes the buffers that a model's frames need and that are not there yet, so that a lack of memory shows before the
     * first frame.
     *
     * @throws ModelLoadException permanent, as {@link #require}
     */
    void prepare(ModelManifest manifest) {
        DirectMemory before = DirectMemory.ofThisJvm();
        try {
            batcher.prepare(manifest.input().frameBytes());
        } catch (OutOfMemoryError e) {
            throw OffHeapNeed.of(policy, manifest).refusal(before, e);
        }
    }

    /** Lends room for the largest batch of frames of that size; what lies in it is arbitrary. */
    void lend(int frameBytes, Consumer<ByteBuffer> action) {
        batcher.lend(Math.multiplyExact(frameBytes, policy.maxBatchSize()), action);
    }
}
