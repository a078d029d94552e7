package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.StatusWriter;
import io.alexstream.job.testing.TinyModel;
import io.alexstream.job.testing.TopicReader;
import io.alexstream.job.testing.TopicWriter;
import io.alexstream.model.cli.ModelCommandLine;
import io.alexstream.model.cli.PublishCommand;
import io.alexstream.model.cli.RollbackCommand;
import io.alexstream.model.cli.StatusCommand;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.model.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code publish}, {@code rollback} and {@code status} on a real broker; what a job would say is written by hand. */
class PublishCommandsITCase {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static EmbeddedKafka kafka;

    @TempDir
    private Path folder;

    private final String updates = "updates-" + UUID.randomUUID();
    private final String statuses = "statuses-" + UUID.randomUUID();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private WrittenPackage made;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stopKafka() throws Exception {
        kafka.close();
    }

    @BeforeEach
    void makeAPackage() throws Exception {
        kafka.createTopics(1, statuses);
        made = TinyModel.writeTo(folder.resolve("made"));
    }

    @Test
    void publishesAPackageAndMakesTheTopic() throws Exception {
        assertThat(publish()).as(text(err)).isZero();

        String uri = "file://" + folder + "/repository/tiny/1";
        assertThat(text(out).lines())
                .containsExactly(
                        "published tiny 1 at " + updates + "-0-0",
                        "uri     " + uri,
                        "sha256  " + made.ref().sha256());
        assertThat(text(err)).contains("created topic " + updates + " (one partition, compacted)");
        ConsumerRecord<byte[], byte[]> record = updates().get(0);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("tiny");
        ModelUpdate update = Json.fromBytes(record.value(), ModelUpdate.class);
        assertThat(update.modelRef().toString()).isEqualTo(made.ref().toString());
        assertThat(update.uri()).isEqualTo(uri);
        assertThat(cleanupPolicy()).isEqualTo("compact");
        assertThat(folder.resolve("repository/tiny/1/manifest.json"))
                .hasSameBinaryContentAs(made.directory().resolve("manifest.json"));
    }

    @Test
    void publishesWhatLiesInTheRepositoryWithoutACopy() throws Exception {
        assertThat(run(
                        new PublishCommand(terminal(out), terminal(err)),
                        "--package=" + made.directory(),
                        "--repository=" + folder.resolve("made")))
                .as(text(err))
                .isZero();

        assertThat(Files.list(folder.resolve("made/tiny"))).hasSize(1);
        assertThat(publishWith("--repository=" + folder.resolve("made")))
                .as("the very same again")
                .isOne();
        assertThat(text(err).lines().reduce((a, b) -> b).orElseThrow())
                .startsWith("tiny 1 is not newer than the newest update, version 1");
        assertThat(made.directory().resolve("manifest.json")).exists();
        assertThat(Json.fromBytes(updates().get(0).value(), ModelUpdate.class).sha256())
                .isEqualTo(made.ref().sha256());
    }

    @Test
    void refusesToGoBackByAccident() throws Exception {
        assertThat(publish()).isZero();
        assertThat(publish()).as("the next number").isZero();
        String elsewhere = "--repository=" + folder.resolve("elsewhere");

        assertThat(publishWith(elsewhere)).isOne();

        assertThat(text(err).lines().reduce((a, b) -> b).orElseThrow())
                .startsWith("tiny 1 is not newer than the newest update, version 2");
        assertThat(folder.resolve("elsewhere/tiny/1")).doesNotExist();
        assertThat(updates()).hasSize(2);
        assertThat(publishWith(elsewhere, "--force")).as(text(err)).isZero();
        assertThat(updates()).hasSize(3);
    }

    @Test
    void refusesATopicOfSeveralPartitions() throws Exception {
        kafka.createTopics(3, updates);

        assertThat(publish()).isOne();

        assertThat(text(err).strip()).startsWith("topic " + updates + " has 3 partitions");
        assertThat(folder.resolve("repository")).doesNotExist();
    }

    @Test
    void refusesADamagedPackageBeforeAnythingIsSaid() throws Exception {
        Files.write(made.directory().resolve("weights.bin"), new byte[] {1});

        assertThat(publish()).isOne();

        assertThat(text(err).lines().reduce((a, b) -> b).orElseThrow()).contains("weights.bin has 1 bytes");
        assertThat(updates()).isEmpty();
        assertThat(folder.resolve("repository")).doesNotExist();
    }

    @Test
    void waitsUntilEverySubtaskServesTheUpdate() throws Exception {
        CompletableFuture<Integer> publishing = CompletableFuture.supplyAsync(() -> publishWith("--wait"));
        long offset = awaitUpdate(1).offset();
        try (StatusWriter job = new StatusWriter(kafka.bootstrapServers(), statuses, "job-1", 2)) {
            job.say(State.LOADING, 0, 1, offset);
            job.say(State.LOADING, 1, 1, offset);
            job.say(State.ACTIVE, 0, 1, offset);
            job.say(State.ACTIVE, 1, 1, offset);

            assertThat(publishing.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as(text(err))
                    .isZero();
        }
        assertThat(text(out)).contains("tiny 1 is active in all 2 subtasks of 1 job");
        assertThat(text(err))
                .contains(
                        "alexstream job-1          0/2      ACTIVE    worker, CPU, loaded in 3 ms, warmed up in 2 ms");
    }

    @Test
    void endsWithTheReasonWhereASubtaskRefuses() throws Exception {
        CompletableFuture<Integer> publishing = CompletableFuture.supplyAsync(() -> publishWith("--wait", "--json"));
        long offset = awaitUpdate(1).offset();
        try (StatusWriter job = new StatusWriter(kafka.bootstrapServers(), statuses, "job-1", 2)) {
            job.say(State.REJECTED, 1, 1, offset);

            assertThat(publishing.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isOne();
        }
        assertThat(text(err)).contains("alexstream job-1 subtask 1 rejected tiny 1: no room");
        assertThat(text(out))
                .contains("\"outcome\":\"REJECTED\"")
                .contains("\"offset\":0")
                .hasLineCount(1);
    }

    @Test
    void saysThatNoJobListens() throws Exception {
        try (StatusWriter gone = new StatusWriter(kafka.bootstrapServers(), statuses, "gone", 1)) {
            gone.say(State.ACTIVE, 0, 7, null);
        }

        assertThat(publishWith("--wait", "--wait-timeout=1 s")).isOne();

        assertThat(text(err).lines().reduce((a, b) -> b).orElseThrow())
                .startsWith("no job listens on " + updates + ": nothing answered tiny 1 within 1 s (last heard:"
                        + " alexstream gone at ");
        assertThat(text(out)).contains("published tiny 1");
    }

    @Test
    void rollsBackAndIsNotSatisfiedByAnOldActive() throws Exception {
        assertThat(publish()).isZero();
        assertThat(publish()).isZero();
        try (StatusWriter job = new StatusWriter(kafka.bootstrapServers(), statuses, "job-1", 1)) {
            job.say(State.ACTIVE, 0, 1, 0L);
            job.say(State.ACTIVE, 0, 2, 1L);
            CompletableFuture<Integer> going = CompletableFuture.supplyAsync(
                    () -> run(new RollbackCommand(terminal(out), terminal(err)), "--name=tiny", "--wait"));
            ConsumerRecord<byte[], byte[]> record = awaitUpdate(3);
            ModelUpdate update = Json.fromBytes(record.value(), ModelUpdate.class);
            assertThat(update.version()).isEqualTo(1);
            assertThat(update.sha256()).isEqualTo(made.ref().sha256());
            job.say(State.ACTIVE, 0, 1, 0L);
            job.say(State.LOADING, 0, 1, record.offset());
            job.say(State.ACTIVE, 0, 1, record.offset());

            assertThat(going.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as(text(err))
                    .isZero();
        }
        assertThat(text(err)).contains("going back from version 2 to 1");
    }

    @Test
    void rollsBackToWhatTheTopicHasForgotten() throws Exception {
        assertThat(publish()).isZero();
        assertThat(publish()).isZero();
        assertThat(publish()).isZero();
        String current = new String(updates().get(2).value(), StandardCharsets.UTF_8);
        String compacted = updates + "-compacted";
        kafka.createTopics(1, compacted);
        try (TopicWriter writer = new TopicWriter(kafka.bootstrapServers(), compacted)) {
            writer.send("tiny", current);
        }

        assertThat(run(
                        new RollbackCommand(terminal(out), terminal(err)),
                        "--name=tiny",
                        "--updates-topic=" + compacted))
                .as(text(err))
                .isZero();

        ModelUpdate update = Json.fromBytes(records(compacted).get(1).value(), ModelUpdate.class);
        assertThat(update.version()).isEqualTo(2);
        assertThat(update.uri()).isEqualTo("file://" + folder + "/repository/tiny/2");
    }

    @Test
    void refusesToRollBackToWhatIsGone() throws Exception {
        assertThat(publish()).isZero();
        assertThat(publish()).isZero();
        Files.delete(folder.resolve("repository/tiny/1/manifest.json"));

        assertThat(rollback("--to=1")).isOne();
        assertThat(rollback("--to=2")).isOne();
        assertThat(rollback("--to=9")).isOne();

        assertThat(text(err).lines().toList())
                .anyMatch(line -> line.contains("tiny/1 cannot be read: there is no manifest.json"))
                .anyMatch(line -> line.startsWith("tiny 2 is the newest update already"))
                .anyMatch(line -> line.contains("tiny/9 cannot be read: there is no manifest.json"));
        assertThat(updates()).hasSize(2);
    }

    @Test
    void showsWhichVersionsServeWhere() throws Exception {
        assertThat(publish()).isZero();
        try (StatusWriter job = new StatusWriter(kafka.bootstrapServers(), statuses, "job-1", 2)) {
            job.say(State.ACTIVE, 0, 1, 0L);
            job.say(State.REJECTED, 1, 1, 0L);
        }
        out.reset();

        assertThat(run(new StatusCommand(terminal(out)))).as(text(err)).isZero();
        assertThat(text(out).lines().map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\d [\\d:]{8}", "TIME")))
                .contains("tiny: the newest update is version 1")
                .contains("alexstream job-1  0/2           1  CPU  TIME  worker  ACTIVE")
                .contains("alexstream job-1  1/2           -  -    -                    -       REJECTED: no room")
                .contains("0-0           1  TIME       1         1  no room");
        out.reset();
        assertThat(run(new StatusCommand(terminal(out)), "--json", "--name=tiny"))
                .isZero();
        assertThat(text(out))
                .startsWith("{\"models\":[{\"name\":\"tiny\",\"newest\":1")
                .hasLineCount(1);
    }

    private int publish() {
        return publishWith();
    }

    private int publishWith(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--package=" + made.directory(), "--repository=" + folder.resolve("repository")));
        arguments.addAll(List.of(more));
        return run(new PublishCommand(terminal(out), terminal(err)), arguments.toArray(new String[0]));
    }

    private int rollback(String to) {
        return run(new RollbackCommand(terminal(out), terminal(err)), "--name=tiny", to);
    }

    /** Options that come later win. */
    private int run(Object command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--updates-topic=" + updates,
                "--status-topic=" + statuses));
        arguments.addAll(List.of(more));
        return ModelCommandLine.of(command)
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments.toArray(new String[0]));
    }

    private List<ConsumerRecord<byte[], byte[]>> updates() {
        return records(updates);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), topic)) {
            return reader.readToEnd();
        }
    }

    private ConsumerRecord<byte[], byte[]> awaitUpdate(int count) throws Exception {
        try (Admin admin = kafka.admin()) {
            long start = System.nanoTime();
            while (!admin.listTopics().names().get().contains(updates)) {
                assertThat(System.nanoTime() - start).isLessThan(LIMIT.toNanos());
            }
        }
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), updates)) {
            return reader.await(count, LIMIT).get(count - 1);
        }
    }

    private String cleanupPolicy() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, updates);
        try (Admin admin = kafka.admin()) {
            return admin.describeConfigs(Set.of(topic))
                    .all()
                    .get()
                    .get(topic)
                    .get("cleanup.policy")
                    .value();
        }
    }

    private static Terminal terminal(ByteArrayOutputStream bytes) {
        return Terminal.plain(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
