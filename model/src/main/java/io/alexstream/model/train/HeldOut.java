package io.alexstream.model.train;

import io.alexstream.model.data.Augmentation;
import io.alexstream.model.data.Batch;
import io.alexstream.model.data.BatchLoader;
import io.alexstream.model.data.LabelledFrames;
import io.alexstream.model.export.TrainedModel.Proof;
import io.alexstream.model.network.Shape;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a network makes of the held-out images, as they are served. Confined to the trainer's thread. */
final class HeldOut {

    /** The batch that serving makes; as many frames must the exported model answer as the trainer does. */
    private static final int BATCH = 32;

    private final LabelledFrames frames;
    private final Shape shape;
    private final Learner learner;
    private final int loaderThreads;

    HeldOut(LabelledFrames frames, Shape shape, Learner learner, int loaderThreads) {
        this.frames = frames;
        this.shape = shape;
        this.learner = learner;
        this.loaderThreads = loaderThreads;
    }

    /** How the network does as it is now, without learning; null where it was stopped meanwhile. */
    @Nullable
    Tally judge(BooleanSupplier stopped) {
        Tally sum = Tally.NONE;
        long batches = BatchLoader.stepsPerEpoch(frames.size(), BATCH);
        try (BatchLoader loader =
                new BatchLoader(frames, shape, Augmentation.NONE, BATCH, 0, batches, 0, loaderThreads)) {
            for (long i = 0; i < batches; i++) {
                if (stopped.getAsBoolean()) {
                    return null;
                }
                try (Batch batch = loader.next()) {
                    sum = sum.plus(learner.judge(batch));
                }
            }
        }
        return sum;
    }

    /** Frames with this network's answers to them, for the exporter to compare. */
    Proof proof() {
        int count = Math.min(BATCH, frames.size());
        ByteBuffer all = ByteBuffer.allocateDirect(count * frames.input().frameBytes());
        for (int i = 0; i < count; i++) {
            // Spread over the set, whose classes come one after another.
            all.put(frames.frame((int) ((long) i * frames.size() / count)));
        }
        all.clear();
        return new Proof(all, learner.probabilities(all, count));
    }
}
