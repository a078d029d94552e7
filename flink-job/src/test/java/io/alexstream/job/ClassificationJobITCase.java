package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.HostileServer;
import io.alexstream.job.testing.Pictures;
import io.alexstream.job.testing.RunningJob;
import io.alexstream.job.testing.TinyModel;
import io.alexstream.job.testing.TopicReader;
import io.alexstream.job.testing.TopicWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a real broker and a Flink of two TaskManagers, with a real model. */
@Timeout(180)
final class ClassificationJobITCase {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(2)
                    .setNumberSlotsPerTaskManager(1)
                    .build());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static String model;
    private static Path pictures;
    private static int tests;

    /** Begins the names of a test's topics, group and transactions. */
    private String name = "";

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        model = TinyModel.writeTo(directory.resolve("models")).ref().uri();
        pictures = Files.createDirectories(directory.resolve("pictures"));
    }

    @AfterAll
    static void stop() throws Exception {
        kafka.close();
    }

    @BeforeEach
    void createTopics() throws Exception {
        name = "test" + tests++;
        JobStart.createTopics(kafka, name);
    }

    @Test
    void givesEachImageOneResultThoughATaskManagerIsLost(@InjectMiniCluster MiniCluster cluster) throws Exception {
        int half = 300;
        try (TopicWriter images = new TopicWriter(kafka.bootstrapServers(), name + "-images");
                RunningJob job = run(cluster);
                TopicReader classifications = new TopicReader(kafka.bootstrapServers(), name + "-classifications");
                TopicReader written = TopicReader.ofUncommitted(kafka.bootstrapServers(), name + "-classifications");
                TopicReader deadLetters = new TopicReader(kafka.bootstrapServers(), name + "-dead-letters")) {
            send(images, 0, half);
            classifications.await(1, LIMIT);
            send(images, half, 2 * half);
            // Now, so that some results are written and not yet committed: they must be aborted and come again.
            written.await(half + half / 2, LIMIT);
            cluster.terminateTaskManager(0).get();
            cluster.startTaskManager();
            send(images, 2 * half, 3 * half);
            // One in ten is missing.
            classifications.await(3 * half * 9 / 10, LIMIT);
            deadLetters.await(3 * half / 10, LIMIT);
            assertThat(job.restarts()).isPositive();
            job.stop(directory.resolve("savepoints").toUri().toString());

            List<String> sources = new ArrayList<>();
            classifications.readToEnd().forEach(record -> sources.add(header(record, "ce_id")));
            deadLetters.readToEnd().forEach(record -> sources.add(sourceOfDeadLetter(record)));
            assertThat(sources).doesNotHaveDuplicates().hasSize(3 * half);
        }
    }

    @Test
    void makesOneDeadLetterOfEachBadRecordAndGoesOn(@InjectMiniCluster MiniCluster cluster) throws Exception {
        try (HostileServer server = new HostileServer(Pictures.draw(9, "png"));
                TopicWriter images = new TopicWriter(kafka.bootstrapServers(), name + "-images");
                RunningJob job = run(
                        cluster,
                        "--image.allowed-uris=data:," + pictures.toUri() + "," + server.uri(),
                        "--image.fetch-timeout=1 s");
                TopicReader classifications = new TopicReader(kafka.bootstrapServers(), name + "-classifications");
                TopicReader deadLetters = new TopicReader(kafka.bootstrapServers(), name + "-dead-letters")) {
            Map<String, BadRecords.BadRecord> bad = BadRecords.in(pictures, server);
            bad.forEach((key, record) -> images.send(key, record.value(), System.currentTimeMillis()));
            images.send("good", "{\"uri\":\"" + server.uri() + "picture\"}");

            List<ConsumerRecord<byte[], byte[]>> letters = deadLetters.await(bad.size(), LIMIT);
            List<ConsumerRecord<byte[], byte[]>> events = classifications.await(1, LIMIT);

            assertThat(job.restarts()).isZero();
            assertThat(events).extracting(ClassificationJobITCase::key).containsExactly("good");
            assertThat(letters)
                    .extracting(ClassificationJobITCase::key)
                    .containsExactlyInAnyOrderElementsOf(bad.keySet());
            assertThat(letters).allSatisfy(letter -> {
                BadRecords.BadRecord record = Objects.requireNonNull(bad.get(key(letter)));
                assertThat(letter.value()).isEqualTo(record.value());
                assertThat(record.reasons())
                        .as(key(letter) + ": " + header(letter, "__connect.errors.exception.message"))
                        .contains(DeadLetterReason.valueOf(header(letter, "alexstream.reason")));
            });
        }
    }

    @Test
    void takesAnyTimestamp(@InjectMiniCluster MiniCluster cluster) throws Exception {
        String uri = Pictures.inline(1);
        long tenYears = Duration.ofDays(3650).toMillis();
        try (TopicWriter images = new TopicWriter(kafka.bootstrapServers(), name + "-images");
                RunningJob job = run(cluster);
                TopicReader classifications = new TopicReader(kafka.bootstrapServers(), name + "-classifications")) {
            long begin = System.currentTimeMillis();
            for (String time : List.of("9999-12-31T23:59:59Z", "1901-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z")) {
                images.send(time, "{\"uri\":\"" + uri + "\",\"timestamp\":\"" + time + "\"}");
            }
            byte[] value = ("{\"uri\":\"" + uri + "\"}").getBytes(StandardCharsets.UTF_8);
            images.send("epoch", value, 0);
            images.send("ahead", value, begin + tenYears);
            images.send("end of time", value, Long.MAX_VALUE);

            List<ConsumerRecord<byte[], byte[]>> events = classifications.await(6, LIMIT);

            assertThat(job.restarts()).isZero();
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.timestamp())
                            .isBetween(key(event).equals("epoch") ? 0 : begin, System.currentTimeMillis()));
            assertThat(events)
                    .filteredOn(event -> key(event).equals("epoch"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.timestamp()).isZero());
        }
    }

    @Test
    void survivesTheHostilePicturesThatOthersMade(@InjectMiniCluster MiniCluster cluster) throws Exception {
        Path hostile = Path.of(System.getProperty("alexstream.shared", "absent"), "odd", "generated");
        assumeThat(hostile)
                .as("the hostile pictures are not part of the project")
                .isDirectory();
        List<Path> files;
        try (Stream<Path> list = Files.list(hostile)) {
            files = list.sorted().toList();
        }
        try (TopicWriter images = new TopicWriter(kafka.bootstrapServers(), name + "-images");
                RunningJob job = run(
                        cluster, "--image.allowed-uris=" + hostile.toRealPath().toUri());
                TopicReader deadLetters = new TopicReader(kafka.bootstrapServers(), name + "-dead-letters")) {
            for (Path file : files) {
                images.send(
                        file.getFileName().toString(),
                        "{\"uri\":\"" + file.toRealPath().toUri() + "\"}");
            }

            List<ConsumerRecord<byte[], byte[]>> letters = deadLetters.await(files.size(), LIMIT);

            assertThat(job.restarts()).isZero();
            assertThat(letters).hasSameSizeAs(files);
        }
    }

    @Test
    void failsOnceInOneLineWhereTheModelCannotServe(@InjectMiniCluster MiniCluster cluster) throws Exception {
        Path changed = TinyModel.writeTo(directory.resolve("changed")).directory();
        Files.writeString(changed.resolve("model.onnx"), "changed");
        for (String uri : List.of(
                directory.resolve("models/tiny/77").toUri().toString(),
                changed.toUri().toString())) {
            try (RunningJob job = run(cluster, "--model.package=" + uri)) {
                assertThat(job.awaitFailure())
                        .isInstanceOf(ProgramParametrizationException.class)
                        .message()
                        .contains(uri.contains("changed") ? "model.onnx" : "tiny/77")
                        .doesNotContain("\n");
            }
        }
    }

    @Test
    void refusesToStartWithoutItsTopics(@InjectMiniCluster MiniCluster cluster) throws Exception {
        try (RunningJob job = run(cluster, "--dead-letters.topic=absent", "--kafka.transaction-timeout=16 min")) {
            assertThat(job.awaitFailure())
                    .isInstanceOf(ProgramParametrizationException.class)
                    .message()
                    .contains(
                            "2 problems",
                            "dead-letters.topic: topic 'absent' does not exist",
                            "kafka.transaction-timeout");
        }
    }

    private RunningJob run(MiniCluster cluster, String... args) {
        List<String> all = new ArrayList<>(List.of(
                "--model.package",
                model,
                "--model.cache-dir",
                directory.resolve("cache").toString(),
                "--image.allowed-uris",
                "data:," + pictures.toUri()));
        all.addAll(List.of(args));
        return JobStart.on(cluster, kafka.bootstrapServers(), name, all);
    }

    /** One picture in ten is not there. */
    private static void send(TopicWriter images, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            String uri = i % 10 == 0 ? pictures.resolve("missing.png").toUri().toString() : Pictures.inline(i);
            images.send(Integer.toString(i), "{\"uri\":\"" + uri + "\"}");
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static String sourceOfDeadLetter(ConsumerRecord<byte[], byte[]> record) {
        return header(record, "__connect.errors.topic") + "-" + header(record, "__connect.errors.partition") + "-"
                + header(record, "__connect.errors.offset");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String key) {
        Header header = record.headers().lastHeader(key);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
