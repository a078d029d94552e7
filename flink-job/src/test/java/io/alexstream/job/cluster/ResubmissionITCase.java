package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The job, cancelled and submitted again and again on one TaskManager. */
@Timeout(1200)
final class ResubmissionITCase {

    /** Submissions whose class loaders may be there still beside what the first has left: the last one's. */
    private static final int LEAVING = 1;

    /** Temporary files that stay as long as the TaskManager: two of ONNX Runtime, Flink's RPC, and an empty JAAS file. */
    private static final int SETTLED = 4;

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);

    private static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TestCluster("resubmission");
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void leavesNothingBehindWithOnnxRuntimeInLib() throws Exception {
        leavesNothingBehind("lib", 3);
    }

    @Test
    @Tag("chaos")
    void leavesNothingBehindAfterTwentySubmissions() throws Exception {
        leavesNothingBehind("twenty", 20);
    }

    private static void leavesNothingBehind(String name, int submissions) throws Exception {
        FlinkCluster flink = cluster.flink();
        flink.startTaskManager(name);
        flink.awaitTaskManagers();
        try (DeployedJob job = new DeployedJob(cluster, name, List.of());
                Load load = new Load(cluster.broker().bootstrapServers(), job.topic("images"), cluster.imageServer())) {
            load.begin();
            // The first loads what stays: the native library, Flink's and Kafka's own threads.
            comeAndGo(job);
            Footprint first = settled(name);
            for (int i = 0; i < submissions; i++) {
                comeAndGo(job);
            }
            Footprint last = settled(name);
            System.out.println("after 1 submission:   " + first);
            System.out.println("after " + (submissions + 1) + " submissions: " + last);
            assertThat(last.classLoaders()).isLessThanOrEqualTo(first.classLoaders() + LEAVING);
            assertThat(last.nativeCopies()).isEqualTo(1);
            assertThat(last.temporaryFiles()).isLessThanOrEqualTo(first.temporaryFiles());
            // Pools that grow to their bound: Flink's and the network's.
            assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + 8);
            // One model is 0.1 MB, one runtime's arena 5 MB, a copy of the native library 20 MB: any would show in
            // twenty.
            assertThat(last.residentBytes()).isLessThan(first.residentBytes() + (96 << 20));
        } finally {
            flink.killTaskManager(name);
        }
    }

    private static void comeAndGo(DeployedJob job) throws Exception {
        job.submit(FlinkCluster.SLOTS);
        job.awaitCheckpoint();
        job.cancel();
    }

    /** A cancelled job's last threads end in their own time. */
    private static Footprint settled(String taskManager) throws Exception {
        long deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
        Footprint now = look(taskManager);
        while (now.classLoaders() + now.temporaryFiles() > SETTLED && System.nanoTime() < deadline) {
            now = look(taskManager);
        }
        return now;
    }

    private static Footprint look(String taskManager) throws Exception {
        FlinkCluster flink = cluster.flink();
        return Footprint.of(flink.taskManager(taskManager).pid(), flink.temporaryFolder(taskManager));
    }

    @Test
    void worksWithOnnxRuntimeInTheJobJarAloneAndWarnsOnce() throws Exception {
        FlinkCluster flink = cluster.flink();
        flink.startTaskManagerWithoutOnnxRuntime("jar");
        flink.awaitTaskManagers();
        try (DeployedJob job = new DeployedJob(cluster, "jar", List.of());
                Load load = new Load(cluster.broker().bootstrapServers(), job.topic("images"), cluster.imageServer())) {
            load.begin();
            job.submit(FlinkCluster.SLOTS);
            job.awaitAnswers();
            job.cancel();

            assertThat(Files.readString(flink.log("jar")).lines())
                    .filteredOn(line -> line.contains("ONNX Runtime comes with the job"))
                    .singleElement()
                    .asString()
                    .contains("WARN", "lib/", "classloader.parent-first-patterns.additional");
        } finally {
            flink.killTaskManager("jar");
        }
    }
}
