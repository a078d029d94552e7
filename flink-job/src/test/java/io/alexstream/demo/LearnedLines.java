package io.alexstream.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BiConsumer;

/** What was learnt, in figures. Immutable. */
final class LearnedLines {

    private final Learned learned;
    private final Gaps gaps;

    LearnedLines(Learned learned, Gaps gaps) {
        this.learned = learned;
        this.gaps = gaps;
    }

    /** @param line takes a label, or none where a line goes on, and a text */
    void print(BiConsumer<String, String> line) {
        Phases phases = learned.phases();
        int before = learned.swap().from().version();
        int after = learned.swap().to().version();
        line.accept("accuracy", accuracy(before));
        line.accept("", accuracy(after) + ", pictures that it never saw before");
        line.accept(
                "learning",
                String.format(
                        Locale.ROOT,
                        "from %d labels in %s, beside the running job; labels to live in %s",
                        learned.labels(),
                        time(phases.training(), phases.trained()),
                        time(phases.labelled(), phases.shipped())));
        line.accept("gate", learned.verdict());
        line.accept(
                "images/s",
                String.format(
                        Locale.ROOT,
                        "%.1f before, %.1f while it learnt (held to %.0f), %.1f after the swap",
                        gaps.perSecond(phases.steady(), phases.labelled()),
                        gaps.perSecond(phases.training(), phases.trained()),
                        learned.slowed(),
                        gaps.perSecond(phases.shipped(), phases.ended())));
    }

    private String accuracy(int version) {
        Accuracy accuracy = learned.accuracy();
        return String.format(
                Locale.ROOT,
                "version %d: %.1f %% right (%d of %d)",
                version,
                100 * accuracy.share(version),
                accuracy.right(version),
                accuracy.asked(version));
    }

    private static String time(Instant from, Instant to) {
        long seconds = Math.max(0, Duration.between(from, to).toSeconds());
        return String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
    }
}
