package io.alexstream.model.cli;

import io.alexstream.model.stream.ImageSender;
import io.alexstream.model.stream.InlineUri;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.Pacer;
import io.alexstream.model.stream.PictureFolder;
import io.alexstream.model.stream.PictureFolder.Picture;
import io.alexstream.model.stream.StreamException;
import io.alexstream.model.terminal.ProgressBar;
import io.alexstream.model.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code model send-images}: a folder of pictures becomes references in a topic. */
@Command(
        name = "send-images",
        description = "Sends references to the pictures of a folder and its sub-folders to a Kafka topic.")
public final class SendImagesCommand implements Callable<Integer> {

    /** The longest time without a look at the progress. */
    private static final Duration GLANCE = Duration.ofMillis(200);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "The folder; hidden files stay out.")
    private Path folder = Path.of("");

    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT,...",
            description = "Kafka brokers to ask first.")
    private String bootstrapServers = "";

    @Option(
            names = "--topic",
            defaultValue = "images",
            paramLabel = "TOPIC",
            description = "Where the references go (default: ${DEFAULT-VALUE}).")
    private String topic = "images";

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "N",
            description = "Pictures a second, evenly spread; fractions will do; 0 is as fast as it goes (default).")
    private double rate;

    @Option(
            names = "--labels",
            description = "Also say in topic --labels-topic what each picture is: the name of its first sub-folder.")
    private boolean withLabels;

    @Option(
            names = "--labels-topic",
            defaultValue = "labels",
            paramLabel = "TOPIC",
            description = "Where the labels go (default: ${DEFAULT-VALUE}).")
    private String labelsTopic = "labels";

    @Option(
            names = "--inline",
            description = "Send the pictures themselves (data: URIs), for a job that cannot read the folder.")
    private boolean inline;

    @Option(names = "--limit", paramLabel = "N", description = "Send the first N pictures only.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description = "Passed to the Kafka client, for instance SASL and TLS; may be repeated.")
    private Map<String, String> kafkaProperties = Map.of();

    private final Terminal out;
    private final Terminal err;

    public SendImagesCommand() {
        this(Terminal.ofStdout(), Terminal.ofStderr());
    }

    /** The result goes to {@code out}, progress to {@code err}. */
    public SendImagesCommand(Terminal out, Terminal err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        requireOptions();
        PictureFolder pictures = PictureFolder.read(folder);
        List<Picture> chosen = pictures.pictures().stream().limit(limit).toList();
        if (withLabels && chosen.stream().allMatch(picture -> picture.label() == null)) {
            throw new StreamException("--labels takes the label from a sub-folder's name, and no picture of " + folder
                    + " lies in a sub-folder");
        }
        String leftOut = pictures.leftOutMessage();
        if (leftOut != null) {
            err.print(leftOut);
        }
        KafkaAccess kafka = new KafkaAccess(bootstrapServers, kafkaProperties);
        kafka.requireTopics(withLabels ? Set.of(topic, labelsTopic) : Set.of(topic));
        try (ImageSender sender = new ImageSender(kafka.producer())) {
            return send(chosen, sender);
        }
    }

    private void requireOptions() {
        try {
            Pacer.starting(0, rate);
        } catch (IllegalArgumentException e) {
            throw wrong("--" + e.getMessage());
        }
        if (limit < 1) {
            throw wrong("--limit must be 1 or more, was " + limit);
        }
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new StreamException(message);
        }
        return new ParameterException(spec.commandLine(), message);
    }

    private int send(List<Picture> pictures, ImageSender sender) {
        long start = System.nanoTime();
        Pacer pacer = Pacer.starting(start, rate);
        long labels = 0;
        long tooBig = 0;
        try (ProgressBar progress = new ProgressBar(err, "sending", pictures.size(), System::nanoTime)) {
            for (int i = 0; i < pictures.size(); i++) {
                await(pacer, i, progress);
                Picture picture = pictures.get(i);
                String uri = inline ? InlineUri.of(picture) : picture.uri();
                if (uri == null) {
                    tooBig++;
                    continue;
                }
                sender.sendReference(topic, picture.name(), uri, Instant.now().truncatedTo(ChronoUnit.MILLIS));
                if (withLabels && picture.label() != null) {
                    sender.sendLabel(labelsTopic, picture.name(), uri, picture.label());
                    labels++;
                }
                progress.update(i + 1L);
            }
            sender.flush();
            progress.update(pictures.size());
        }
        report(pictures.size() - tooBig, labels, tooBig, start);
        return 0;
    }

    private static void await(Pacer pacer, long index, ProgressBar progress) {
        long wait;
        while ((wait = pacer.waitFor(index, System.nanoTime())) > 0) {
            if (Thread.currentThread().isInterrupted()) {
                throw new StreamException("interrupted while sending");
            }
            LockSupport.parkNanos(Math.min(wait, GLANCE.toNanos()));
            progress.update(index);
        }
    }

    private void report(long references, long labels, long tooBig, long start) {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "sent %d reference%s to %s", references, references == 1 ? "" : "s", topic));
        if (withLabels) {
            line.append(
                    String.format(Locale.ROOT, " and %d label%s to %s", labels, labels == 1 ? "" : "s", labelsTopic));
        }
        line.append(String.format(Locale.ROOT, " in %.1f s", (System.nanoTime() - start) / 1e9));
        if (tooBig > 0) {
            line.append("; left out ")
                    .append(tooBig)
                    .append(tooBig == 1 ? " picture" : " pictures")
                    .append(" over 512 KiB, too big for --inline");
        }
        out.print(line.toString());
    }
}
