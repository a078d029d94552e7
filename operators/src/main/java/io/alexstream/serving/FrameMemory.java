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
     * Checks that a model's frames find room, and makes the buffers that are not made yet, so that a lack of memory shows
     * before the first frame.
     *
     * @throws ModelLoadException permanent, with the bytes needed and there and the option to raise
     */
    void prepare(ModelManifest manifest) {
        OffHeapNeed need = OffHeapNeed.of(policy, manifest);
        DirectMemory before = DirectMemory.ofThisJvm();
        need.requireWithin(before);
        try {
            batcher.prepare(manifest.input().frameBytes());
        } catch (OutOfMemoryError e) {
            throw need.refusal(before, e);
        }
    }

    /** Lends room for the largest batch of frames of that size; what lies in it is arbitrary. */
    void lend(int frameBytes, Consumer<ByteBuffer> action) {
        batcher.lend(Math.multiplyExact(frameBytes, policy.maxBatchSize()), action);
    }
}
