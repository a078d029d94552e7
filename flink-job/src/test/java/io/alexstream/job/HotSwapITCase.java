package io.alexstream.job;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.job.SwapStage.Event;
import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.EventSchemas;
import io.alexstream.job.testing.HostileServer;
import io.alexstream.job.testing.OtherSignature;
import io.alexstream.job.testing.RunningJob;
import io.alexstream.job.testing.StatusReader;
import io.alexstream.job.testing.TinyModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Models that go live, or do not, in the whole job: a real broker, a Flink of one TaskManager, real models. */
@Timeout(240)
final class HotSwapITCase {

    private static final int PARALLELISM = 2;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(2 * PARALLELISM)
                    .build());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static ModelRef one;
    private static ModelRef two;
    private static ModelRef three;
    private static ModelRef other;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        one = TinyModel.writeTo(directory, TinyModel.NAME, 1).ref();
        two = TinyModel.writeTo(directory, TinyModel.NAME, 2).ref();
        three = TinyModel.writeTo(directory, TinyModel.NAME, 3).ref();
        other = TinyModel.writeTo(directory, "other", 4).ref();
    }

    @AfterAll
    static void stop() throws Exception {
        kafka.close();
    }

    @Test
    void swapsUnderLoadWithOneEventForEachImage(@InjectMiniCluster MiniCluster cluster) throws Exception {
        try (SwapStage stage = new SwapStage(kafka, "load");
                RunningJob job = stage.run(cluster, one, PARALLELISM)) {
            flow(stage, 300);
            for (ModelRef next : List.of(two, three)) {
                long offset = stage.updates().publish(next);
                while (!isActive(stage, offset)) {
                    flow(stage, 50);
                }
                flow(stage, 300);
            }
            stage.awaitAllBut(0);
            assertThat(job.restarts()).isZero();
            job.stop(savepoints());

            assertThat(stage.sources()).doesNotHaveDuplicates().hasSize(stage.sent());
            assertThat(stage.events()).extracting(Event::version).contains(1, 2, 3);
            Map<Integer, List<Event>> partitions = stage.events().stream()
                    .collect(groupingBy(event -> event.source().partition()));
            assertThat(partitions.values())
                    .allSatisfy(events -> assertThat(events.stream()
                                    .sorted(Comparator.comparing(
                                            event -> event.source().offset()))
                                    .map(Event::version))
                            .as("versions in the order of the partition, which one subtask stamps")
                            .isSorted());
            assertThat(stage.eventRecords())
                    .allSatisfy(event -> assertThat(EventSchemas.errors("classification", event))
                            .isEmpty());
            assertThat(stage.status().records())
                    .isNotEmpty()
                    .allSatisfy(status -> assertThat(EventSchemas.errors("model-status", status))
                            .isEmpty());
        }
    }

    /** Never far ahead of the job, so that images flow all the time and none waits for long. */
    private static void flow(SwapStage stage, int count) throws Exception {
        for (int i = 0; i < count; i += 50) {
            stage.send(50);
            stage.awaitAllBut(100);
        }
    }

    private static boolean isActive(SwapStage stage, long offset) {
        return StatusReader.isFromAll(stage.status().of(State.ACTIVE, offset));
    }

    @Test
    void goesLiveOnAnIdleStreamAndIgnoresOtherModels(@InjectMiniCluster MiniCluster cluster) throws Exception {
        try (SwapStage stage = new SwapStage(kafka, "idle");
                RunningJob job = stage.run(cluster, one, PARALLELISM)) {
            stage.updates().publish(other);
            stage.updates().publish("tiny", null);
            stage.updates().publish("tiny", "no update".getBytes(StandardCharsets.UTF_8));
            long offset = stage.updates().publish(two);

            assertThat(stage.status().awaitFromAll(State.ACTIVE, offset)).allSatisfy(status -> {
                assertThat(status.job()).isEqualTo("idle");
                assertThat(status.name()).isEqualTo("tiny");
                assertThat(status.version()).isEqualTo(2);
                assertThat(status.parallelism()).isEqualTo(PARALLELISM);
                assertThat(status.executionProvider()).isEqualTo("CPU");
                assertThat(status.loadMillis()).isNotNull();
                assertThat(status.warmUpMillis()).isNotNull();
            });
            assertThat(stage.status().readToEnd()).extracting(ModelStatus::name).containsOnly("tiny");
            assertThat(job.restarts()).isZero();
        }
    }

    @Test
    void beginsAfreshWithTheNewestOfTheHistory(@InjectMiniCluster MiniCluster cluster) throws Exception {
        try (SwapStage stage = new SwapStage(kafka, "history")) {
            stage.updates().publish(other);
            long passed = stage.updates().publish(two);
            long newest = stage.updates().publish(three);
            stage.updates().publish("gone", null);
            try (RunningJob job = stage.run(cluster, one, PARALLELISM)) {
                stage.status().awaitFromAll(State.ACTIVE, newest);
                stage.send(50);
                stage.awaitAllBut(0);

                assertThat(stage.events()).extracting(Event::version).containsOnly(3);
                assertThat(stage.status().readToEnd())
                        .extracting(status ->
                                status.update() == null ? -1 : status.update().offset())
                        .doesNotContain(passed);
                assertThat(job.restarts()).isZero();
            }
        }
    }

    @Test
    void keepsServingWhereAnUpdateIsRefused(@InjectMiniCluster MiniCluster cluster) throws Exception {
        List<ModelRef> bad = new ArrayList<>();
        bad.add(new ModelRef(two.name(), two.version(), two.uri(), "0".repeat(64)));
        bad.add(new ModelRef(
                two.name(), 77, directory.resolve("tiny/77").toUri().toString(), "0".repeat(64)));
        bad.add(OtherSignature.giveTo(TinyModel.writeTo(directory.resolve("bad"), TinyModel.NAME, 5)));
        try (SwapStage stage = new SwapStage(kafka, "refused");
                RunningJob job = stage.run(cluster, one, PARALLELISM)) {
            for (ModelRef update : bad) {
                long offset = stage.updates().publish(update);

                assertThat(stage.status().awaitFromAll(State.REJECTED, offset)).allSatisfy(status -> {
                    assertThat(status.version()).isEqualTo(update.version());
                    assertThat(status.reason()).isNotBlank().doesNotContain("\n");
                });
            }
            stage.send(50);
            stage.awaitAllBut(0);
            assertThat(stage.events()).extracting(Event::version).containsOnly(1);

            stage.status().awaitFromAll(State.ACTIVE, stage.updates().publish(two));
            assertThat(job.restarts()).isZero();
        }
    }

    /** Small references pile up by thousands in the network wherever there is one on their way; a checkpoint is behind them. */
    @Test
    void goesLiveAndCommitsWhileImagesPileUp(@InjectMiniCluster MiniCluster cluster) throws Exception {
        try (HostileServer slow = new HostileServer(new byte[0]);
                SwapStage stage = new SwapStage(kafka, "pile");
                RunningJob job = stage.run(
                        cluster,
                        one,
                        PARALLELISM,
                        "--image.allowed-uris=" + slow.uri(),
                        "--image.fetch-timeout=1 s",
                        "--image.fetch-threads=4")) {
            // Four a second: to work them off takes more than four minutes.
            stage.send(1000, slow.uri() + "trickle");
            int committed = stage.awaitDeadLetters(1);

            stage.status().awaitFromAll(State.ACTIVE, stage.updates().publish(two));

            stage.awaitDeadLetters(committed + 12);
            assertThat(job.restarts()).isZero();
        }
    }

    private static String savepoints() {
        return directory.resolve("savepoints").toUri().toString();
    }
}
