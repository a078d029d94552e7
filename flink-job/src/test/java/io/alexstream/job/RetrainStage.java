package io.alexstream.job;

import io.alexstream.contract.ImageLabel;
import io.alexstream.contract.Json;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.StatusReader;
import io.alexstream.job.testing.StatusWriter;
import io.alexstream.job.testing.TopicReader;
import io.alexstream.job.testing.TopicWriter;
import io.alexstream.model.cli.ModelCommandLine;
import io.alexstream.model.cli.RetrainCommand;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.model.retrain.CandidateTrainer;
import io.alexstream.model.stream.InlineUri;
import io.alexstream.model.terminal.Terminal;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A tiny model in a repository, topics, labels of drawn pictures, and the command {@code retrain}. */
final class RetrainStage {

    static final List<String> CLASSES = List.of("blue", "green", "red");

    /** Starting a JVM and libtorch on a busy machine takes half a minute. */
    private static final Duration LIMIT = Duration.ofSeconds(120);

    final String labels = "labels-" + UUID.randomUUID();
    final String updates = "updates-" + UUID.randomUUID();
    final String statuses = "statuses-" + UUID.randomUUID();
    private final EmbeddedKafka kafka;
    private final Path repository;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    RetrainStage(EmbeddedKafka kafka, Path repository) throws Exception {
        this.kafka = kafka;
        this.repository = repository;
        kafka.createTopics(1, labels, statuses);
        kafka.createTopics(updates, 1, Map.of("cleanup.policy", "compact"));
    }

    /** A model with first weights, which guesses, as the repository's next version. */
    WrittenPackage fresh(String... classes) throws IOException {
        return PackageWriter.onCpu().write(repository, "tiny", FreshModel.tiny(List.of(classes), 3));
    }

    /** As somebody else would, past all checks. */
    void publish(WrittenPackage written) {
        ModelRef ref = written.ref();
        ModelUpdate update = new ModelUpdate(ref.name(), ref.version(), ref.uri(), ref.sha256(), Instant.EPOCH);
        try (TopicWriter writer = new TopicWriter(kafka.bootstrapServers(), updates)) {
            writer.send(ref.name(), new String(Json.toBytes(update), StandardCharsets.UTF_8));
        }
    }

    /** Says of pictures of each class what they are; the same seeds are the same pictures. */
    void label(int firstSeed, int count, List<String> classes) throws Exception {
        try (TopicWriter writer = new TopicWriter(kafka.bootstrapServers(), labels)) {
            for (int seed = firstSeed; seed < firstSeed + count; seed++) {
                for (String label : classes) {
                    ImageLabel said =
                            new ImageLabel(label + seed, InlineUri.of("image/png", picture(label, seed)), label);
                    writer.send(said.id(), new String(Json.toBytes(said), StandardCharsets.UTF_8));
                }
            }
            writer.flush();
        }
    }

    /** Noise in shades of the colour. */
    private static byte[] picture(String label, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int shift = 8 * CLASSES.indexOf(label);
        BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int noise = random.nextInt(80) * 0x010101;
                image.setRGB(x, y, noise + (random.nextInt(60, 160) << shift));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** Runs the command to its end; the result is its exit status. */
    int retrain(@Nullable CandidateTrainer trainer, String... more) {
        return ModelCommandLine.of(new RetrainCommand(terminal(out), terminal(err), trainer))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments(more).toArray(new String[0]));
    }

    /** The command as a process; all that it says goes to the file. */
    Process process(Path log, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "io.alexstream.model.Main",
                "retrain"));
        command.addAll(arguments(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--name=tiny",
                "--repository=" + repository,
                "--labels-topic=" + labels,
                "--updates-topic=" + updates,
                "--status-topic=" + statuses,
                "--threads=1",
                // Gone brokers are noticed sooner than people would like to have them called gone.
                "--kafka-property=default.api.timeout.ms=2000",
                "--kafka-property=request.timeout.ms=1000"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** What a file holds now; nothing where it is not there. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static Terminal terminal(ByteArrayOutputStream bytes) {
        return Terminal.plain(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Waits for what another thread brings about. */
    static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("not after " + LIMIT.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /** Waits for so many updates; the result is the last of them. */
    ModelUpdate awaitUpdate(int count) throws IOException {
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), updates)) {
            return Json.fromBytes(reader.await(count, LIMIT).get(count - 1).value(), ModelUpdate.class);
        }
    }

    /** What a job of one subtask says that serves that update. */
    void serve(long offset, int version) {
        try (StatusWriter job = new StatusWriter(kafka.bootstrapServers(), statuses, "job-1", 1)) {
            job.say(State.LOADING, 0, version, offset);
            job.say(State.ACTIVE, 0, version, offset);
        }
    }

    /** One word of that job. */
    void say(State state, long offset, int version) {
        try (StatusWriter job = new StatusWriter(kafka.bootstrapServers(), statuses, "job-1", 1)) {
            job.say(state, 0, version, offset);
        }
    }

    /** What trainers have refused. */
    List<ModelStatus> refusals() {
        try (StatusReader reader = new StatusReader(kafka.bootstrapServers(), statuses)) {
            return reader.readToEnd().stream()
                    .filter(status -> status.subtask() == null)
                    .toList();
        }
    }
}
