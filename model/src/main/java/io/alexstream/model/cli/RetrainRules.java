package io.alexstream.model.cli;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When {@code retrain} trains, and what passes. */
final class RetrainRules {

    @Option(
            names = "--min-gain",
            paramLabel = "X",
            defaultValue = "0",
            description =
                    "Least gain of the share of held-out images that are right; 0.01 is one in a hundred. With 0 one image more is"
                            + " enough; a tie never is. Default: ${DEFAULT-VALUE}.")
    private String minGain = "0";

    @Option(
            names = "--max-class-drop",
            paramLabel = "X",
            defaultValue = "0.1",
            description = "Most that the share of right images of any one class may fall. Default: ${DEFAULT-VALUE}.")
    private String maxClassDrop = "0.1";

    @Option(names = "--every", paramLabel = "D", description = "A round at once, and then one every 6 h, for instance.")
    private @Nullable String every;

    @Option(
            names = "--every-labels",
            paramLabel = "N",
            description = "A round whenever so many labels have come, those among them that are there at the start.")
    private @Nullable String everyLabels;

    @Option(
            names = "--progress-every",
            paramLabel = "D",
            description = "How often a line tells how training goes on where stderr is no terminal. Default: 10 s.")
    private @Nullable String progressEvery;

    /**
     * The options after their check.
     *
     * @param every null where not asked
     * @param everyLabels 0 where not asked
     */
    record Checked(
            double minGain, double maxClassDrop, @Nullable Duration every, long everyLabels, Duration progressEvery) {

        boolean isOnce() {
            return every == null && everyLabels == 0;
        }
    }

    /** Adds what is wrong; use the answer only after {@link Problems#throwIfAny()}. */
    Checked check(Problems problems) {
        if (every != null && everyLabels != null) {
            problems.add("give --every or --every-labels, not both");
        }
        Double gain = problems.fraction("--min-gain", minGain);
        Double drop = problems.fraction("--max-class-drop", maxClassDrop);
        Duration interval = problems.duration("--every", every);
        Integer labels = problems.integer("--every-labels", everyLabels, 1, Integer.MAX_VALUE);
        Duration line = problems.duration("--progress-every", progressEvery);
        return new Checked(
                Objects.requireNonNullElse(gain, 0.0),
                Objects.requireNonNullElse(drop, 0.0),
                interval,
                Objects.requireNonNullElse(labels, 0),
                Objects.requireNonNullElse(line, TrainingProgress.LINE));
    }
}
