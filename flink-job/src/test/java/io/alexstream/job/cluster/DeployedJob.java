package io.alexstream.job.cluster;

import io.alexstream.contract.ModelRef;
import io.alexstream.job.testing.StatusReader;
import io.alexstream.job.testing.UpdateWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * The job, submitted with Flink's command line from its jar, on topics of its own that begin with its name. It has another job
 * id each time it is submitted. Confined to one thread, which closes it.
 */
final class DeployedJob implements AutoCloseable {

    private static final Pattern SUBMITTED = Pattern.compile("submitted with JobID ([0-9a-f]{32})");
    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed\\. Path: (\\S+)");

    private final TestCluster cluster;
    private final String name;
    private final List<String> options;
    private final Accounts accounts;
    private final UpdateWriter updates;
    private final StatusReader status;
    private String id = "";

    /** Creates the topics; {@code options} are the job's, beside those of its topics and broker. */
    DeployedJob(TestCluster cluster, String name, List<String> options) throws Exception {
        this.cluster = cluster;
        this.name = name;
        this.options = options;
        BrokerProcess broker = cluster.broker();
        broker.createTopic(topic("images"), 4, Map.of());
        broker.createTopic(topic("classifications"), 2, Map.of());
        broker.createTopic(topic("dead-letters"), 2, Map.of());
        broker.createTopic(topic("model-updates"), 1, Map.of("cleanup.policy", "compact"));
        broker.createTopic(topic("model-status"), 1, Map.of());
        String servers = broker.bootstrapServers();
        accounts = new Accounts(servers, topic("images"), topic("classifications"), topic("dead-letters"));
        updates = new UpdateWriter(servers, topic("model-updates"));
        status = new StatusReader(servers, topic("model-status"));
    }

    String topic(String kind) {
        return name + "-" + kind;
    }

    String id() {
        return id;
    }

    Accounts accounts() {
        return accounts;
    }

    StatusReader status() {
        return status;
    }

    /** Publishes an update; returns its offset. */
    long publish(ModelRef model) throws Exception {
        return updates.publish(model);
    }

    /** {@code flink run -d -p N}; returns when all tasks run. */
    void submit(int parallelism) throws Exception {
        run(parallelism, List.of());
    }

    /** {@code flink run -d -p N -s PATH}, from a savepoint or a checkpoint; returns when all tasks run from there. */
    void resume(String path, int parallelism) throws Exception {
        run(parallelism, List.of("-s", path));
        Patience.until(
                "job " + name + " is restored from " + path,
                () -> !cluster.flink().rest().restoredFrom(id).isEmpty(),
                cluster.flink()::plight);
    }

    private void run(int parallelism, List<String> more) throws Exception {
        List<String> command = new ArrayList<>(List.of("run", "-d", "-p", Integer.toString(parallelism)));
        command.addAll(more);
        command.add(jar());
        command.addAll(arguments());
        String said = cluster.flink().cli(command.toArray(String[]::new));
        id = group(SUBMITTED, said);
        awaitRunning();
    }

    /** What the job is given on its command line. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--job.name=" + name,
                "--kafka.bootstrap-servers=" + cluster.broker().proxiedBootstrapServers(),
                "--images.topic=" + topic("images"),
                "--images.group-id=" + name,
                "--classifications.topic=" + topic("classifications"),
                "--dead-letters.topic=" + topic("dead-letters"),
                "--model.package=" + cluster.shelf().first().uri(),
                "--model-updates.topic=" + topic("model-updates"),
                "--model-status.topic=" + topic("model-status"),
                "--image.allowed-uris=data:," + cluster.imageServer().uri(),
                "--batch.max-size=8"));
        arguments.addAll(options);
        return arguments;
    }

    static String jar() {
        return Objects.requireNonNull(System.getProperty("alexstream.job.jar"), "alexstream.job.jar");
    }

    void awaitRunning() throws Exception {
        Patience.until("job " + name + " runs", () -> cluster.flink().rest().isRunning(id), cluster.flink()::plight);
    }

    /** Returns when a checkpoint has completed that began after this call, and with it all that was classified before. */
    void awaitCheckpoint() throws Exception {
        // One may be under way already.
        long wanted = cluster.flink().rest().newestCheckpoint(id) + 2;
        Patience.until(
                "job " + name + " completes a checkpoint",
                () -> cluster.flink().rest().newestCheckpoint(id) >= wanted,
                cluster.flink()::plight);
    }

    /** Returns when every image that is in the topic now has its answer. */
    void awaitAnswers() throws Exception {
        awaitAnswers(accounts.inputs());
    }

    /** Returns when every image before these offsets has its answer. */
    void awaitAnswers(Map<TopicPartition, Long> inputs) throws Exception {
        Patience.until(
                "every image has an answer",
                () -> accounts.areAnswered(inputs),
                () -> "without answer: " + accounts.missing(inputs) + "; "
                        + cluster.flink().plight() + "\n"
                        + cluster.broker().tail());
    }

    /** {@code flink stop}; returns the savepoint's path. */
    String stop() throws Exception {
        String said = cluster.flink().cli("stop", "-p", cluster.savepoints(), id);
        id = "";
        return group(SAVEPOINT, said);
    }

    /** {@code flink cancel}; returns when the job's slots are free again. */
    void cancel() throws Exception {
        cluster.flink().cli("cancel", id);
        id = "";
        cluster.flink().awaitFreeSlots();
    }

    /** Where the newest complete checkpoint lies; for when the JobManager, which would know, is dead. */
    Path newestCheckpoint() throws IOException {
        List<Path> complete = new ArrayList<>();
        try (DirectoryStream<Path> checkpoints =
                Files.newDirectoryStream(cluster.checkpoints().resolve(id), "chk-*")) {
            for (Path checkpoint : checkpoints) {
                if (Files.exists(checkpoint.resolve("_metadata"))) {
                    complete.add(checkpoint);
                }
            }
        }
        return complete.stream()
                .max(Comparator.comparingLong(DeployedJob::number))
                .orElseThrow(() -> new AssertionError("job " + name + " has no complete checkpoint"));
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("flink did not say '" + pattern + "' but: " + text);
        }
        return matcher.group(1);
    }

    /** Cancels it where it still runs. */
    @Override
    public void close() throws Exception {
        try (accounts;
                updates;
                status) {
            if (!id.isEmpty()) {
                cancel();
            }
        }
    }
}
