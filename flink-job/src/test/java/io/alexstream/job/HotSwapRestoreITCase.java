package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.job.SwapStage.Event;
import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.RunningJob;
import io.alexstream.job.testing.TinyModel;
import io.alexstream.job.testing.UpdateWriter;
import java.nio.file.Path;
import java.util.List;
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

/** What a job serves that goes on elsewhere, and two that serve side by side. */
@Timeout(240)
final class HotSwapRestoreITCase {

    private static final int SLOTS = 4;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(SLOTS)
                    .build());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static ModelRef one;
    private static ModelRef two;
    private static ModelRef three;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        one = TinyModel.writeTo(directory, TinyModel.NAME, 1).ref();
        two = TinyModel.writeTo(directory, TinyModel.NAME, 2).ref();
        three = TinyModel.writeTo(directory, TinyModel.NAME, 3).ref();
    }

    @AfterAll
    static void stop() throws Exception {
        kafka.close();
    }

    @Test
    void goesOnFromASavepointWithWhatItServedThoughItsParallelismChanges(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        try (SwapStage stage = new SwapStage(kafka, "savepoint")) {
            String savepoint;
            try (RunningJob job = stage.run(cluster, one, 2)) {
                stage.status().awaitFromAll(State.ACTIVE, stage.updates().publish(two));
                stage.send(50);
                stage.awaitAllBut(0);
                savepoint = job.stop(savepoints());
            }
            // Nothing in the topic brings the version back: it is the state's.
            for (int parallelism : List.of(SLOTS, 1)) {
                stage.send(100);
                try (RunningJob job = stage.restore(cluster, one, parallelism, savepoint)) {
                    stage.awaitAllBut(0);
                    savepoint = job.stop(savepoints());
                }
            }
            assertThat(stage.events()).extracting(Event::version).containsOnly(2);
            assertThat(stage.sources()).doesNotHaveDuplicates().hasSize(stage.sent());

            try (RunningJob job = stage.restore(cluster, one, 2, savepoint)) {
                stage.status().awaitFromAll(State.ACTIVE, stage.updates().publish(three));
                assertThat(job.restarts()).isZero();
            }
        }
    }

    @Test
    void saysThatItFollowsNoTopicThatWasMadeAnewSinceItsSavepoint(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        String topic = "anew-model-updates";
        try (SwapStage stage = new SwapStage(kafka, "anew")) {
            String savepoint;
            try (RunningJob job = stage.run(cluster, one, 2)) {
                stage.updates().publish(two);
                stage.status().awaitFromAll(State.ACTIVE, stage.updates().publish(two));
                savepoint = job.stop(savepoints());
            }
            kafka.makeAnew(topic, 1);
            try (RunningJob job = stage.restore(cluster, one, 2, savepoint);
                    UpdateWriter updates = new UpdateWriter(kafka.bootstrapServers(), topic)) {
                long offset = updates.publish(three);

                assertThat(stage.status().awaitFromAll(State.REJECTED, offset)).allSatisfy(status -> {
                    assertThat(status.version()).isEqualTo(3);
                    assertThat(status.reason()).contains("the topic was made anew");
                });
                updates.publish(three);
                stage.status().awaitFromAll(State.ACTIVE, updates.publish(three));
                assertThat(job.restarts()).isZero();
            }
        }
    }

    @Test
    void servesTwoVersionsInTwoJobsOfOneTaskManager(@InjectMiniCluster MiniCluster cluster) throws Exception {
        try (SwapStage moving = new SwapStage(kafka, "moving");
                SwapStage staying = new SwapStage(kafka, "staying");
                RunningJob first = moving.run(cluster, one, 2);
                RunningJob second = staying.run(cluster, one, 2)) {
            staying.send(50);
            staying.awaitAllBut(0);
            moving.status().awaitFromAll(State.ACTIVE, moving.updates().publish(two));
            moving.send(50);
            staying.send(50);
            moving.awaitAllBut(0);
            staying.awaitAllBut(0);

            assertThat(moving.events()).extracting(Event::version).containsOnly(2);
            assertThat(staying.events()).extracting(Event::version).containsOnly(1);
            assertThat(staying.status().readToEnd()).noneMatch(status -> status.version() == 2);
            assertThat(first.restarts() + second.restarts()).isZero();
        }
    }

    private static String savepoints() {
        return directory.resolve("savepoints").toUri().toString();
    }
}
