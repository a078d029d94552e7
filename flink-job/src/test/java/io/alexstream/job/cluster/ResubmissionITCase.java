package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The job, cancelled and submitted again and again on one TaskManager. */
@Timeout(1200)
final class ResubmissionITCase {

    /** Submissions whose class loaders may be there still beside what the first has left: the last one's. */
    private static final int LEAVING = 1;

    /** Temporary files that stay as long as the TaskManager: two of ONNX Runtime, Flink's RPC, and an empty JAAS file. */
    private static final int STAYING = 4;

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

    private static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TestCluster("resubmission");
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void leavesNothingBehindWithOnnxRuntimeInLib() throws Exception {
        leavesNothingBehind("lib", 3, 3);
    }

    @Test
    @Tag("chaos")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void leavesNothingBehindAfterTwentySubmissions() throws Exception {
        leavesNothingBehind("twenty", 20, 8);
    }

    /** @param moreThreads that there may be in the end: Flink's pools and the network's grow to their bounds */
    private static void leavesNothingBehind(String name, int submissions, int moreThreads) throws Exception {
        FlinkCluster flink = cluster.flink();
        flink.startTaskManager(name);
        flink.awaitTaskManagers();
        try (DeployedJob job = new DeployedJob(cluster, name, List.of());
                Load load = new Load(cluster.broker().bootstrapServers(), job.topic("images"), cluster.imageServer())) {
            load.begin();
            // The first loads what stays: the native library, Flink's and Kafka's own threads.
            comeAndGo(job);
            Footprint first = settled(name, now -> now.classLoaders() <= LEAVING && now.temporaryFiles() <= STAYING);
            for (int i = 0; i < submissions; i++) {
                comeAndGo(job);
            }
            Footprint last = settled(
                    name,
                    now -> now.classLoaders() <= first.classLoaders() + LEAVING
                            && now.temporaryFiles() <= first.temporaryFiles()
                            && now.threads() <= first.threads() + moreThreads);
            System.out.println("after 1 submission:   " + first);
            System.out.println("after " + (submissions + 1) + " submissions: " + last);
            assertThat(last.classLoaders()).isLessThanOrEqualTo(first.classLoaders() + LEAVING);
            assertThat(last.nativeCopies()).isEqualTo(1);
            assertThat(last.temporaryFiles()).isLessThanOrEqualTo(first.temporaryFiles());
            assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + moreThreads);
            // Seen: 61 MB after three, 99 MB after twenty. A runtime's arena is 5 MB, a copy of the native library 20
            // MB:
            // twenty of either would double that.
            assertThat(last.residentBytes()).isLessThan(first.residentBytes() + (128 << 20));
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
    private static Footprint settled(String taskManager, Predicate<Footprint> isSettled) throws Exception {
        long deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
        Footprint now = look(taskManager);
        while (!isSettled.test(now) && System.nanoTime() < deadline) {
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
