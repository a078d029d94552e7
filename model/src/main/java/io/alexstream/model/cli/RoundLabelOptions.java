package io.alexstream.model.cli;

import io.alexstream.image.UriPolicy;
import io.alexstream.model.data.TopicLabels;
import io.alexstream.model.retrain.RoundLabels;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.LabelTopic;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The labels of {@code retrain}. */
final class RoundLabelOptions {

    @Option(
            names = "--labels-topic",
            paramLabel = "TOPIC",
            defaultValue = "labels",
            description = "Labelled images; the latest label of an image wins. Default: ${DEFAULT-VALUE}.")
    private String topic = "labels";

    @Option(
            names = "--allowed-uris",
            paramLabel = "URI,...",
            defaultValue = "data:",
            description = "What may be fetched, like the job's image.allowed-uris. Default: ${DEFAULT-VALUE}")
    private String allowedUris = "data:";

    @Option(
            names = "--held-out",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description = {
                "Share of the images that is only measured on. The hash of an image's URI decides, so that none is ever measured"
                        + " on that was trained with before, as long as the share stays. Default: ${DEFAULT-VALUE}."
            })
    private String heldOut = "0.2";

    @Option(
            names = "--max-bad",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Most images that may be unreadable; they are listed and left out. Default: ${DEFAULT-VALUE}.")
    private String maxBad = "100";

    @Option(
            names = "--min-class-images",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "Least images to train with that a class needs to be added to the model; one must be held out too. Others"
                            + " are left out, which is said. Default: ${DEFAULT-VALUE}.")
    private String minClassImages = "5";

    /** The options after their check. */
    record Checked(String topic, List<String> allowedUris, double heldOut, int maxBad, int minClassImages) {

        RoundLabels labels(KafkaAccess kafka) {
            return () -> TopicLabels.of(LabelTopic.read(kafka, topic), allowedUris);
        }
    }

    /** Adds what is wrong; use the answer only after {@link Problems#throwIfAny()}. */
    Checked check(Problems problems) {
        KafkaOptions.requireTopic("--labels-topic", topic, problems);
        List<String> allowed = Arrays.stream(allowedUris.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        requireUris(allowed, problems);
        Double share = problems.share("--held-out", heldOut);
        Integer bad = problems.integer("--max-bad", maxBad, 0, Integer.MAX_VALUE);
        Integer least = problems.integer("--min-class-images", minClassImages, 1, Integer.MAX_VALUE);
        return new Checked(
                topic,
                allowed,
                Objects.requireNonNullElse(share, 0.5),
                Objects.requireNonNullElse(bad, 0),
                Objects.requireNonNullElse(least, 1));
    }

    /** Before anything is fetched or waited for. */
    static void requireUris(List<String> allowed, Problems problems) {
        try {
            UriPolicy.of(allowed);
        } catch (IllegalArgumentException e) {
            problems.add("--allowed-uris: " + e.getMessage());
        }
    }
}
