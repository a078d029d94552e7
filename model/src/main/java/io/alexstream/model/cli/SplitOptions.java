package io.alexstream.model.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the labelled images are trained with. */
public final class SplitOptions {

    @Option(
            names = "--held-out",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description =
                    "Share of the images that is not trained with but measured on, the same ones each time. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String heldOut = "0.2";

    @Option(
            names = "--max-bad",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Most images that may be unreadable; they are listed and left out. Default: ${DEFAULT-VALUE}.")
    private String maxBad = "0";

    @Nullable
    Double heldOut(Problems problems) {
        return problems.share("--held-out", heldOut);
    }

    @Nullable
    Integer maxBad(Problems problems) {
        return problems.integer("--max-bad", maxBad, 0, Integer.MAX_VALUE);
    }
}
