package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.job.testing.TopicWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void classifiesWhatIsSentAndFetchesNothingThatIsForbidden() throws Exception {
        try (Trap trap = new Trap()) {
            ForbiddenUris forbidden = new ForbiddenUris(cluster.directory().resolve("pictures"), trap);
            String leadsAway = cluster.imageServer().leadsTo("http://127.0.0.1:" + trap.port() + "/a.png");
            String allowed =
                    "--image.allowed-uris=data:," + cluster.imageServer().uri() + "," + forbidden.allowed();
            try (DeployedJob job = new DeployedJob(cluster, "deployed", List.of(allowed))) {
                List<String> uris = new ArrayList<>(forbidden.all());
                uris.add(cluster.imageServer().uri().replace("//", "//someone@"));
                uris.add("http://127.0.0.1:" + cluster.flink().rest().port() + "/config");
                try (TopicWriter images = new TopicWriter(cluster.broker().bootstrapServers(), job.topic("images"))) {
                    uris.forEach(uri -> images.send(uri, "{\"uri\":\"" + uri + "\"}"));
                    images.send(leadsAway, "{\"uri\":\"" + leadsAway + "\"}");
                }
                Rounds rounds = Rounds.play(new Ground(cluster, job, new SplittableRandom(1)), List.of());

                assertThat(rounds.results()).isEqualTo(rounds.images());
                assertThat(job.accounts().keys("FORBIDDEN_URI")).containsExactlyInAnyOrderElementsOf(uris);
                assertThat(job.accounts().keys("FETCH_FAILED")).containsExactly(leadsAway);
                assertThat(rounds.deadLetters())
                        .containsOnlyKeys("FORBIDDEN_URI", "FETCH_FAILED", "UNSUPPORTED_FORMAT");
                assertThat(trap.visits()).isZero();
            }
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
            String status = modelStatus(
                    job, credentials.writeClientConfig(cluster.directory().resolve("client.properties")));
            assertThat(status).contains("secure").contains("SERVES");
            shown.add(status);
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

            // Flink's client logs to the same place before; a stack trace would follow the message.
            assertThat(said.strip().lines().reduce((one, next) -> next).orElseThrow())
                    .contains("refuse this client");
            assertThat(said).doesNotContain(wrong).doesNotContain(credentials.storePassword());
        }
    }

    /** What the side module's command line prints and logs, in a process of its own. */
    private static String modelStatus(DeployedJob job, Path config) throws Exception {
        Path log = cluster.directory().resolve("model-status.log");
        List<String> command = new ArrayList<>(List.of(
                "-Xmx128m", "-cp", System.getProperty("java.class.path"), "io.alexstream.model.Main", "status"));
        command.add("--bootstrap-servers=" + cluster.broker().secureBootstrapServers());
        command.add("--kafka-config=" + config);
        command.add("--updates-topic=" + job.topic("model-updates"));
        command.add("--status-topic=" + job.topic("model-status"));
        try (ChildJvm model = ChildJvm.start("model status", log, Map.of(), command)) {
            model.awaitSuccess(Patience.LIMIT);
        }
        return Files.readString(log);
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
