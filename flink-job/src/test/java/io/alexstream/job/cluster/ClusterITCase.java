package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.job.testing.TopicWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The job as it is deployed: its jar, Flink's command line, a JobManager, two TaskManagers and a broker as processes. */
@Timeout(600)
final class ClusterITCase {

    private static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TestCluster("cluster").withTaskManagers(2);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void classifiesWhatIsSentAndFetchesNothingThatIsForbidden() throws Exception {
        try (DeployedJob job = new DeployedJob(cluster, "deployed", List.of())) {
            List<String> forbidden = List.of(
                    "file:///etc/hostname",
                    "file://" + cluster.directory() + "/flink/conf/../../models/tiny/1/manifest.json",
                    "http://169.254.169.254/latest/meta-data/",
                    "http://2130706433:" + cluster.flink().rest().port() + "/config",
                    "http://127.0.0.1:" + cluster.flink().rest().port() + "/config",
                    cluster.imageServer().uri().replace("//", "//someone@"));
            try (TopicWriter images = new TopicWriter(cluster.broker().bootstrapServers(), job.topic("images"))) {
                forbidden.forEach(uri -> images.send(uri, "{\"uri\":\"" + uri + "\"}"));
            }
            Rounds rounds = Rounds.play(new Ground(cluster, job, new SplittableRandom(1)), List.of());

            assertThat(rounds.results()).isEqualTo(rounds.images());
            assertThat(rounds.deadLetters()).containsEntry("FORBIDDEN_URI", forbidden.size());
            assertThat(rounds.deadLetters().keySet()).containsOnly("FORBIDDEN_URI", "UNSUPPORTED_FORMAT");
            for (String taskManager : cluster.flink().taskManagers()) {
                assertThat(cluster.flink().log(taskManager))
                        .content()
                        .doesNotContain("ONNX Runtime comes with the job");
            }
        }
    }

    @Test
    void losesAndDoublesNothingThroughKillsAndARescaleWithSwapsInFlight() throws Exception {
        try (DeployedJob job = new DeployedJob(cluster, "faults", List.of())) {
            Rounds rounds = Rounds.play(
                    new Ground(cluster, job, new SplittableRandom(1)),
                    List.of(Fault.TASK_MANAGER_KILLED, Fault.BROKER_KILLED, Fault.RESCALED));

            System.out.println(rounds.table());
            assertThat(rounds.doubled()).isZero();
            assertThat(rounds.results()).isEqualTo(rounds.images());
        }
    }

    @Test
    void readsAndWritesOverTlsWithAPasswordThatNobodySees() throws Exception {
        Credentials credentials = cluster.broker().credentials();
        Path config = credentials.writeJobConfig(
                cluster.directory().resolve("secure.properties"), credentials.clientProperties());
        try (DeployedJob job = new DeployedJob(cluster, "secure", secure(config));
                Load load = new Load(cluster.broker().bootstrapServers(), job.topic("images"), cluster.imageServer())) {
            load.begin();
            job.submit(2);
            job.awaitAnswers();

            List<String> shown = new ArrayList<>(cluster.flink().rest().configurationTexts(job.id()));
            assertThat(shown)
                    .as("what the web interface shows")
                    .hasSizeGreaterThan(8)
                    .allMatch(text -> !text.isEmpty());
            job.cancel();
            shown.addAll(logs());
            for (String secret : List.of(credentials.userPassword(), credentials.storePassword())) {
                assertThat(shown).noneMatch(text -> text.contains(secret));
            }
        }
    }

    @Test
    void saysInOneLineThatAPasswordIsWrong() throws Exception {
        Credentials credentials = cluster.broker().credentials();
        String wrong = "not-" + credentials.userPassword();
        Path config = credentials.writeJobConfig(
                cluster.directory().resolve("wrong.properties"), credentials.clientProperties(wrong));
        try (DeployedJob job = new DeployedJob(cluster, "refused", secure(config))) {
            List<String> command = new ArrayList<>(List.of("run", "-d", DeployedJob.jar()));
            command.addAll(job.arguments());
            String said = cluster.flink().failingCli(command.toArray(String[]::new));

            assertThat(said)
                    .contains("refuse this client")
                    .doesNotContain(wrong)
                    .doesNotContain(credentials.storePassword());
        }
    }

    private static List<String> secure(Path config) {
        return List.of("--kafka.bootstrap-servers=" + cluster.broker().secureBootstrapServers(), "--config=" + config);
    }

    /** What Flink's processes and its command line have logged so far. */
    private static List<String> logs() throws IOException {
        List<String> logs = new ArrayList<>();
        try (Stream<Path> files = Files.list(cluster.directory().resolve("flink"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                logs.add(Files.readString(file));
            }
        }
        return logs;
    }
}
