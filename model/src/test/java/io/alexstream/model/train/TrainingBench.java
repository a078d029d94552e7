package io.alexstream.model.train;

import io.alexstream.model.data.Augmentation;
import io.alexstream.model.data.Batch;
import io.alexstream.model.data.BatchLoader;
import io.alexstream.model.data.ImageFolder;
import io.alexstream.model.data.LabelledImages;
import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.network.Network;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How much of libtorch's own speed the trainer keeps: steps of AlexNet on batches that are fetched, decoded, cut and varied
 * beside it, against the same steps in a bare loop over one resident tensor, in turns in one process. {@code mvn -Pbench
 * -Dbench=training}; arguments: folder, rounds, steps a round, {@code fp32|bf16}.
 */
public final class TrainingBench {

    private static final int BATCH = 32;

    private TrainingBench() {}

    /** Prints a line a round and the ratio of the medians. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 4 && !Arrays.asList(arguments[4].split(",")).contains("training")) {
            return;
        }
        Path folder = draw(Path.of(arguments[0]).resolve("training-pictures"));
        int rounds = Integer.parseInt(arguments[1]);
        int steps = Integer.parseInt(arguments[2]);
        Precision precision = Precision.valueOf(arguments[3].toUpperCase(Locale.ROOT));
        int threads = Runtime.getRuntime().availableProcessors();
        StartingPoint fresh = StartingPoint.fresh(KnownNetwork.ALEXNET, false);
        LabelledImages found = ImageFolder.read(folder);
        TrainingSet set = TrainingSet.of(found.images(), List.of(), 0.1);
        Network network = fresh.network(2);
        TrainingPlan plan = new TrainingPlan(
                KnownNetwork.ALEXNET,
                network,
                fresh.weights(2, 1),
                "init",
                Recipe.small(),
                Freeze.NONE,
                precision,
                1,
                threads);
        double[] bare = new double[rounds];
        double[] fed = new double[rounds];
        // Nothing is kept: every image is decoded every time, as with a large data set.
        try (TrainingImages images = TrainingImages.open(
                        set, found.allowedUris(), plan.input(), 0, 0, threads, new TinyTraining.SilentReading());
                Learner learner = new Learner(plan)) {
            for (int round = 0; round < rounds; round++) {
                bare[round] = bare(plan, steps);
                fed[round] = fed(learner, images, network, steps, threads);
                System.out.printf(
                        Locale.ROOT, "round %d: bare %.2f, fed %.2f images/s%n", round + 1, bare[round], fed[round]);
            }
        }
        Arrays.sort(bare);
        Arrays.sort(fed);
        System.out.printf(
                Locale.ROOT,
                "training (%s, batch %d, %d threads): %.3f of the bare loop%n",
                precision,
                BATCH,
                threads,
                fed[rounds / 2] / bare[rounds / 2]);
    }

    private static double bare(TrainingPlan plan, int steps) {
        Torch runtime = Torch.open(plan.threads());
        boolean autocast = plan.precision() == Precision.BF16;
        try (TorchNetwork network = new TorchNetwork(plan.network(), plan.start(), p -> true, runtime.device());
                TorchImages images = new TorchImages(plan.network().input(), runtime.device());
                Sgd sgd = new Sgd(network, plan.network().parameters(), 0.9, 5e-4, 0)) {
            ByteBuffer zeros =
                    ByteBuffer.allocateDirect(BATCH * plan.network().input().size());
            Tensor input = images.of(zeros, BATCH, new float[3 * BATCH]);
            Tensor classes = images.classes(new long[BATCH]);
            long start = 0;
            for (int step = -1; step < steps; step++) {
                if (step == 0) {
                    start = System.nanoTime(); // the first step allocates
                }
                try (PointerScope scope = new PointerScope()) {
                    if (autocast) {
                        torch.set_autocast_dtype(runtime.type(), torch.ScalarType.BFloat16);
                        torch.set_autocast_enabled(runtime.type(), true);
                        torch.set_autocast_cache_enabled(false);
                    }
                    Tensor logits = network.logits(input, false);
                    torch.set_autocast_enabled(runtime.type(), false);
                    torch.cross_entropy_loss(logits.to(torch.ScalarType.Float), classes)
                            .backward();
                    sgd.step(1e-4);
                }
            }
            return steps * BATCH / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static double fed(Learner learner, TrainingImages images, Network network, int steps, int threads) {
        try (BatchLoader loader = new BatchLoader(
                images.train(),
                network.input(),
                Augmentation.PAPER,
                BATCH,
                1,
                steps + 1,
                0,
                Math.max(1, threads / 2))) {
            long start = 0;
            long done = 0;
            for (int step = -1; step < steps; step++) {
                if (step == 0) {
                    start = System.nanoTime();
                    done = 0;
                }
                try (Batch batch = loader.next()) {
                    learner.step(batch, 1e-4, step);
                    done += batch.size();
                }
            }
            return done / ((System.nanoTime() - start) / 1e9);
        }
    }

    /** JPEGs of ImageNet's usual size, 500 x 375; whole batches of them, so that every step is of one size. */
    private static Path draw(Path folder) throws IOException {
        for (int kind = 0; kind < 2; kind++) {
            Path directory = Files.createDirectories(folder.resolve("class-" + kind));
            for (int i = 0; i < 180; i++) {
                Path file = directory.resolve(i + ".jpg");
                if (!Files.exists(file)) {
                    ImageIO.write(picture(kind * 1000 + i), "jpg", file.toFile());
                }
            }
        }
        return folder;
    }

    private static BufferedImage picture(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(500, 375, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 375; y++) {
            for (int x = 0; x < 500; x++) {
                int value = (x / 7 * seed + y / 5) % 200 + random.nextInt(40);
                image.setRGB(x, y, value << 16 | (255 - value) << 8 | value);
            }
        }
        return image;
    }
}
