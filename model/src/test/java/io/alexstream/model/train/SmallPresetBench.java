package io.alexstream.model.train;

import io.alexstream.model.data.ImageFolder;
import io.alexstream.model.data.LabelledImages;
import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.testing.DrawnTextures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the small preset makes of AlexNet on a thousand drawn pictures of ten textures: held-out accuracy and time by epoch. {@code mvn
 * -Pbench -Dbench=preset}; arguments: folder, what to measure.
 */
public final class SmallPresetBench {

    private static final int PICTURES = 100;

    private SmallPresetBench() {}

    /** Prints a line an epoch. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || !Arrays.asList(arguments[1].split(",")).contains("preset")) {
            return;
        }
        LabelledImages found =
                ImageFolder.read(DrawnTextures.draw(Path.of(arguments[0]).resolve("textures"), PICTURES));
        StartingPoint fresh = StartingPoint.fresh(KnownNetwork.ALEXNET, false);
        TrainingSet set = TrainingSet.of(found.images(), List.of(), 0.2);
        int classes = set.labels().size();
        int threads = Runtime.getRuntime().availableProcessors();
        TrainingPlan plan = new TrainingPlan(
                KnownNetwork.ALEXNET,
                fresh.network(classes),
                fresh.weights(classes, 1),
                fresh.name(),
                Recipe.small(),
                Freeze.NONE,
                Precision.FP32,
                1,
                threads);
        long begin = System.nanoTime();
        try (TrainingImages images = TrainingImages.open(
                        set,
                        found.allowedUris(),
                        plan.input(),
                        0,
                        Long.MAX_VALUE,
                        threads,
                        new TinyTraining.SilentReading());
                Trainer trainer = new Trainer(plan, images, null, new Epochs(begin))) {
            System.out.println("small preset on " + images.train().size() + " pictures, "
                    + images.heldOut().size() + " held out, " + threads + " threads");
            trainer.run();
        }
    }

    private record Epochs(long begin) implements TrainingListener {

        @Override
        public void epoch(EpochFigures figures) {
            System.out.printf(
                    Locale.ROOT,
                    "epoch %d: held out %.1f %%, loss %.3f, %.0f s%n",
                    figures.epoch(),
                    100 * figures.heldOut().top1Share(),
                    figures.heldOut().loss(),
                    (System.nanoTime() - begin) / 1e9);
        }
    }
}
