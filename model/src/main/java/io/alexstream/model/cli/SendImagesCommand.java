package io.alexstream.model.cli;

import io.alexstream.contract.Json;
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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model send-images}: a folder of pictures becomes references in a topic. */
@Command(
        name = "send-images",
        description = "Sends references to the pictures of a folder and its sub-folders to a Kafka topic.")
public final class SendImagesCommand implements Callable<Integer> {

    /** The longest time without a look at the progress. */
    private static final Duration GLANCE = Duration.ofMillis(200);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private KafkaOptions kafkaOptions = new KafkaOptions();

    @Option(names = "--dir", paramLabel = "DIR", description = "The folder; hidden files stay out. Required.")
    private @Nullable String dir;

    @Option(
            names = "--topic",
            defaultValue = "images",
            paramLabel = "TOPIC",
            description = "Where the references go. Default: ${DEFAULT-VALUE}.")
    private String topic = "images";

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "N",
            description = "Pictures a second, evenly spread; fractions will do. Default: as fast as it goes.")
    private String rate = "0";

    @Option(
            names = "--labels",
            description = "Also say in --labels-topic what each picture is: the name of its first sub-folder.")
    private boolean withLabels;

    @Option(
            names = "--labels-topic",
            defaultValue = "labels",
            paramLabel = "TOPIC",
            description = "Where the labels go. Default: ${DEFAULT-VALUE}.")
    private String labelsTopic = "labels";

    @Option(
            names = "--inline",
            description = "Send the pictures themselves, for a job that cannot read the folder; up to 512 KiB each.")
    private boolean inline;

    @Option(names = "--limit", paramLabel = "N", description = "Send the first N pictures only.")
    private @Nullable String limit;

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

    /** What was sent; {@code tooBig} pictures were left out since {@code --inline} does not take them. */
    private record Sent(long references, long labels, long tooBig, long millis) {}

    @Override
    public Integer call() {
        Problems problems = new Problems(spec);
        String folder = problems.required("--dir", dir);
        KafkaAccess kafka = kafkaOptions.access(problems);
        KafkaOptions.requireTopic("--topic", topic, problems);
        KafkaOptions.requireTopic("--labels-topic", labelsTopic, problems);
        double pace = pace(problems);
        Integer most = problems.integer("--limit", limit, 1, Integer.MAX_VALUE);
        problems.throwIfAny();
        List<Picture> pictures = pictures(Path.of(Objects.requireNonNull(folder)), most);
        kafka.requireTopics(withLabels ? Set.of(topic, labelsTopic) : Set.of(topic));
        try (ImageSender sender = new ImageSender(kafka.producer())) {
            report(send(pictures, sender, pace));
        }
        return 0;
    }

    private double pace(Problems problems) {
        try {
            double pace = Double.parseDouble(rate.strip());
            Pacer.starting(0, pace);
            return pace;
        } catch (IllegalArgumentException e) {
            problems.add("--rate must be pictures a second, 0.0001 to 1000000, or 0 for no limit, was '" + rate + "'");
            return 0;
        }
    }

    private List<Picture> pictures(Path folder, @Nullable Integer most) {
        PictureFolder found = PictureFolder.read(folder);
        String leftOut = found.leftOutMessage();
        if (leftOut != null) {
            err.print(leftOut);
        }
        List<Picture> pictures = found.pictures();
        if (most != null && most < pictures.size()) {
            pictures = pictures.subList(0, most);
        }
        if (withLabels && pictures.stream().allMatch(picture -> picture.label() == null)) {
            throw new StreamException(
                    "--labels takes the label from a sub-folder's name, and no picture lies in a sub-folder of "
                            + folder);
        }
        return pictures;
    }

    private Sent send(List<Picture> pictures, ImageSender sender, double pace) {
        long start = System.nanoTime();
        Pacer pacer = Pacer.starting(start, pace);
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
                String label = picture.label();
                if (withLabels && label != null) {
                    sender.sendLabel(labelsTopic, picture.name(), uri, label);
                    labels++;
                }
                progress.update(i + 1L);
            }
            sender.flush();
            progress.update(pictures.size());
        }
        return new Sent(pictures.size() - tooBig, labels, tooBig, (System.nanoTime() - start) / 1_000_000);
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

    private void report(Sent sent) {
        if (output.json()) {
            out.print(Json.toBytes(sent));
            return;
        }
        String labels = withLabels ? " and " + count(sent.labels(), "label") + " to " + labelsTopic : "";
        String tooBig = sent.tooBig() == 0
                ? ""
                : "; left out " + count(sent.tooBig(), "picture") + " over 512 KiB, too big for --inline";
        out.print("sent " + count(sent.references(), "reference") + " to " + topic + labels + tooBig);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
