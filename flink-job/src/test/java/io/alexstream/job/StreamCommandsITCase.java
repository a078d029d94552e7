package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.Classification;
import io.alexstream.contract.ImageLabel;
import io.alexstream.contract.ImageReference;
import io.alexstream.contract.ImageReferenceJson;
import io.alexstream.contract.Json;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.Prediction;
import io.alexstream.contract.SourcePosition;
import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.model.cli.ModelCommandLine;
import io.alexstream.model.cli.SendImagesCommand;
import io.alexstream.model.cli.TailCommand;
import io.alexstream.model.terminal.Terminal;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code send-images} and {@code tail} on a real broker. */
class StreamCommandsITCase {

    private static EmbeddedKafka kafka;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stopKafka() throws Exception {
        kafka.close();
    }

    @Test
    void sendsReferencesAndLabels() throws Exception {
        kafka.createTopics(1, "pictures", "picture-labels");
        Path cat = picture("cats/a b.jpg");
        picture("dogs/old/1.png");
        picture("stray.webp");
        picture("notes.txt");

        int status = send("--topic=pictures", "--labels", "--labels-topic=picture-labels");

        assertThat(status).as(text(err)).isZero();
        assertThat(text(out))
                .isEqualTo("sent 3 references to pictures and 2 labels to picture-labels" + System.lineSeparator());
        assertThat(text(err)).contains("1 file left out").contains("3/3 100 %");
        List<ConsumerRecord<byte[], byte[]>> sent = records("pictures", 3);
        assertThat(sent)
                .extracting(StreamCommandsITCase::key)
                .containsExactly("cats/a b.jpg", "dogs/old/1.png", "stray.webp");
        ImageReference reference = ImageReferenceJson.parse(sent.get(0).value(), "", null);
        assertThat(reference.id()).isEqualTo("cats/a b.jpg");
        assertThat(reference.uri())
                .isEqualTo(cat.toRealPath().toUri().toString())
                .contains("/a%20b.jpg");
        List<ConsumerRecord<byte[], byte[]>> labels = records("picture-labels", 2);
        assertThat(Json.fromBytes(labels.get(0).value(), ImageLabel.class))
                .isEqualTo(new ImageLabel("cats/a b.jpg", reference.uri(), "cats"));
        assertThat(Json.fromBytes(labels.get(1).value(), ImageLabel.class).label())
                .isEqualTo("dogs");
    }

    @Test
    void sendsNoFasterThanAsked() throws Exception {
        kafka.createTopics(1, "slowly");
        for (int i = 0; i < 11; i++) {
            picture("p" + i + ".jpg");
        }

        long start = System.nanoTime();
        int status = send("--topic=slowly", "--rate=10");
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(status).as(text(err)).isZero();
        List<ConsumerRecord<byte[], byte[]>> sent = records("slowly", 11);
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(sent.get(10).timestamp() - sent.get(0).timestamp()).isBetween(950L, 3_000L);
    }

    @Test
    void sendsPicturesInsideTheirReferences() throws Exception {
        kafka.createTopics(1, "inline");
        picture("a.png");
        Files.write(folder.resolve("huge.png"), new byte[600_000]);

        int status = send("--topic=inline", "--inline");

        assertThat(status).as(text(err)).isZero();
        assertThat(text(out)).startsWith("sent 1 reference to inline; left out 1 picture over 512 KiB");
        assertThat(ImageReferenceJson.parse(records("inline", 1).get(0).value(), "", null)
                        .uri())
                .isEqualTo("data:image/png;base64,AQID");
    }

    @Test
    void saysInOneLineThatATopicIsMissing() throws IOException {
        picture("a.jpg");

        int status = send("--topic=nowhere");

        assertThat(status).isOne();
        assertThat(text(err).strip())
                .isEqualTo("Kafka at " + kafka.bootstrapServers()
                        + " has no topic nowhere; create it, or check the topic's name");
    }

    @Test
    void tailsBothTopicsInAlignedLines() throws Exception {
        kafka.createTopics(2, "lines", "lost-lines");
        publishEvents("lines", "lost-lines");

        int status = tail("--classifications-topic=lines", "--dead-letters-topic=lost-lines", "--max=2");

        assertThat(status).as(text(err)).isZero();
        assertThat(text(err)).contains("following lines (2 partitions) and lost-lines (2 partitions)");
        assertThat(text(out).lines().map(line -> line.replaceFirst("^\\d\\d:\\d\\d:\\d\\d", "hh:mm:ss")))
                .containsExactlyInAnyOrder(
                        "TIME      ID                            TOP PREDICTION                   PROB.  MODEL",
                        "hh:mm:ss  cam7-000123                   tench                           93.0 %  alexnet:7",
                        "hh:mm:ss  cam7-000124                   CORRUPT_IMAGE        the file ends early");
    }

    @Test
    void tailsAsJsonForMachines() throws Exception {
        kafka.createTopics(1, "objects", "lost-objects");
        publishEvents("objects", "lost-objects");

        int status = tail("--classifications-topic=objects", "--dead-letters-topic=lost-objects", "--max=2", "--json");

        assertThat(status).as(text(err)).isZero();
        assertThat(text(out).lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("{\"id\":\"cam7-000123\"") && line.contains("\"predictions\""))
                .anyMatch(line -> line.startsWith("{\"reason\":\"CORRUPT_IMAGE\"") && line.contains("cam7-000124"));
    }

    @Test
    void tailsOnlyWhatIsCommitted() throws Exception {
        kafka.createTopics(1, "committed", "lost-committed");
        try (KafkaProducer<byte[], byte[]> aborting = producer(Map.of("transactional.id", "aborting"))) {
            aborting.initTransactions();
            aborting.beginTransaction();
            aborting.send(new ProducerRecord<>("committed", classification("aborted")))
                    .get();
            aborting.abortTransaction();
        }
        publishEvents("committed", "lost-committed");

        int status = tail("--classifications-topic=committed", "--dead-letters-topic=lost-committed", "--max=2");

        assertThat(status).as(text(err)).isZero();
        assertThat(text(out)).contains("cam7-000123").doesNotContain("aborted");
    }

    private int send(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--dir=" + folder);
        return run(new SendImagesCommand(terminal(out), terminal(err)), arguments);
    }

    private int tail(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--from-beginning");
        return run(new TailCommand(terminal(out), terminal(err)), arguments);
    }

    private int run(Object command, List<String> arguments) {
        arguments.add("--bootstrap-servers=" + kafka.bootstrapServers());
        return ModelCommandLine.of(command)
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments.toArray(new String[0]));
    }

    private static Terminal terminal(ByteArrayOutputStream bytes) {
        return Terminal.plain(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private Path picture(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[] {1, 2, 3});
    }

    private static void publishEvents(String classifications, String deadLetters) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(classifications, classification("cam7-000123")))
                    .get();
            ProducerRecord<byte[], byte[]> dead = new ProducerRecord<>(
                    deadLetters, "{\"id\":\"cam7-000124\",\"uri\":\"file:///b.jpg\"}".getBytes(StandardCharsets.UTF_8));
            dead.headers().add("alexstream.reason", "CORRUPT_IMAGE".getBytes(StandardCharsets.UTF_8));
            dead.headers()
                    .add("__connect.errors.exception.message", "the file ends early".getBytes(StandardCharsets.UTF_8));
            producer.send(dead).get();
        }
    }

    private static byte[] classification(String id) {
        return Json.toBytes(new Classification(
                id,
                "file:///a.jpg",
                Instant.EPOCH,
                Map.of(),
                new ModelRef("alexnet", 7, "file:///models/alexnet/7", "ab".repeat(32)),
                List.of(new Prediction("tench", 0, 0.93f)),
                Instant.parse("2026-11-23T10:15:30Z"),
                new SourcePosition("images", 0, 1)));
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new java.util.HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Waits until the topic's only partition has so many records, and returns all that are there. */
    private static List<ConsumerRecord<byte[], byte[]>> records(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (records.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        assertThat(records).as("records of " + topic).hasSize(count);
        return records;
    }
}
