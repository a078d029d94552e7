package io.alexstream.model.cli;

import io.alexstream.model.train.Freeze;
import io.alexstream.model.train.Precision;
import io.alexstream.model.train.Recipe;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to train. */
public final class RecipeOptions {

    /** More than anybody waits for. */
    private static final int MAX_EPOCHS = 100_000;

    /** From so many images on the paper's recipe works: a tenth of ImageNet's. */
    private static final int LARGE = 100_000;

    private static final int MAX_THREADS = 1024;

    private enum Preset {
        SMALL,
        PAPER
    }

    @Option(
            names = "--preset",
            paramLabel = "small|paper",
            description =
                    "paper: as in 2012 (SGD, momentum 0.9, weight decay 5e-4, dropout, batch 128, random crops, flips and"
                            + " colours, rate/10 on plateau, 90 epochs). small: for some hundred or thousand images (one-cycle"
                            + " rate up to 0.005, no dropout, batch 32, random crops, 4 epochs). Default: paper from 100,000"
                            + " images on, else small.")
    private @Nullable String preset;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the images. Default: the preset's.")
    private @Nullable String epochs;

    @Option(
            names = "--freeze",
            paramLabel = "conv|all-but-last",
            description = "Layers that keep their weights: the convolutions, or all but the last layer. Default: none.")
    private @Nullable String freeze;

    @Option(
            names = "--precision",
            paramLabel = "fp32|bf16",
            defaultValue = "fp32",
            description =
                    "What products are computed in. bf16 is faster on GPUs and on some processors, slower on others: compare the"
                            + " images/s. Default: ${DEFAULT-VALUE}.")
    private String precision = "fp32";

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "With --threads 1 the same seed gives the same weights. Default: ${DEFAULT-VALUE}.")
    private String seed = "1";

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute. Default: the machine's cores.")
    private @Nullable String threads;

    /** What was asked; the preset may be decided by the number of images. */
    record Asked(
            @Nullable Recipe recipe,
            @Nullable Integer epochs,
            Freeze freeze,
            Precision precision,
            long seed,
            int threads) {

        Recipe recipe(int images) {
            Recipe chosen = recipe != null ? recipe : images >= LARGE ? Recipe.paper() : Recipe.small();
            return epochs == null ? chosen : chosen.withEpochs(epochs);
        }
    }

    /** What was asked; use it only after {@link Problems#throwIfAny()}. */
    Asked read(Problems problems) {
        Preset chosen = problems.oneOf("--preset", preset, Preset.class);
        Integer passes = problems.integer("--epochs", epochs, 1, MAX_EPOCHS);
        Freeze frozen = problems.oneOf("--freeze", freeze, Freeze.class);
        Precision products = problems.oneOf("--precision", precision, Precision.class);
        Long number = problems.longInteger("--seed", seed);
        Integer cores = problems.integer("--threads", threads, 1, MAX_THREADS);
        Recipe recipe = chosen == null ? null : chosen == Preset.PAPER ? Recipe.paper() : Recipe.small();
        return new Asked(
                recipe,
                passes,
                Objects.requireNonNullElse(frozen, Freeze.NONE),
                Objects.requireNonNullElse(products, Precision.FP32),
                Objects.requireNonNullElse(number, 1L),
                Objects.requireNonNullElse(cores, Runtime.getRuntime().availableProcessors()));
    }
}
