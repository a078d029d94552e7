package io.alexstream.model.cli;

import io.alexstream.model.data.ImageFolder;
import io.alexstream.model.data.LabelList;
import io.alexstream.model.data.LabelledImages;
import io.alexstream.model.data.TopicLabels;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.LabelTopic;
import io.alexstream.model.stream.StreamException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where labelled images come from. */
public final class LabelSourceOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description =
                    "Labelled images: a folder with one sub-folder a class, a CSV file of lines uri,label, or a .jsonl file of"
                            + " {\"uri\":...,\"label\":...}. This or --labels-topic is required.")
    private @Nullable String data;

    @Option(
            names = "--labels-topic",
            paramLabel = "TOPIC",
            description = "Labelled images from this Kafka topic, as it is now; the latest label of an image wins."
                    + " Needs --bootstrap-servers.")
    private @Nullable String labelsTopic;

    @Option(
            names = "--allowed-uris",
            paramLabel = "URI,...",
            description =
                    "What may be fetched, like the job's image.allowed-uris. Default: the folder of --data and data:; for a"
                            + " topic data: alone.")
    private @Nullable String allowedUris;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    /** What the source gave; its problems are added to the others. */
    LabelledImages read(Problems problems) {
        if (allowedUris != null) {
            RoundLabelOptions.requireUris(allowed(allowedUris), problems);
        }
        if ((data == null) == (labelsTopic == null)) {
            problems.add("give either --data DIR|FILE or --labels-topic TOPIC" + (data == null ? "" : ", not both"));
            return nothing();
        }
        LabelledImages read = labelsTopic != null ? topic(labelsTopic, problems) : local(problems);
        read.problems().forEach(problem -> problems.add(problem));
        return allowedUris == null
                ? read
                : new LabelledImages(read.images(), allowed(allowedUris), read.problems(), read.notes());
    }

    private LabelledImages local(Problems problems) {
        Path path = problems.existing("--data", data);
        if (path == null) {
            return nothing();
        }
        return Files.isDirectory(path) ? ImageFolder.read(path) : LabelList.read(path);
    }

    private LabelledImages topic(String topic, Problems problems) {
        KafkaOptions.requireTopic("--labels-topic", topic, problems);
        KafkaAccess access = kafka.access(problems);
        if (problems.any()) {
            return nothing();
        }
        try {
            List<String> allowed = allowedUris == null ? List.of("data:") : allowed(allowedUris);
            return TopicLabels.of(LabelTopic.read(access, topic), allowed);
        } catch (StreamException e) {
            problems.add(String.valueOf(e.getMessage()));
            return nothing();
        }
    }

    private static List<String> allowed(String value) {
        List<String> entries = new ArrayList<>();
        Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .forEach(entries::add);
        return entries;
    }

    private static LabelledImages nothing() {
        return new LabelledImages(List.of(), List.of(), List.of(), List.of());
    }
}
