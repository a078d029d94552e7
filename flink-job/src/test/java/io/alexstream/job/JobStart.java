package io.alexstream.job;

import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.RunningJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Starts the job in a test as its main method does, on topics, a group and transactions that begin with its name. */
final class JobStart {

    private JobStart() {}

    /** As {@link #createTopics}, with {@code <name>-model-updates} and {@code <name>-model-status}. */
    static void createHotSwapTopics(EmbeddedKafka kafka, String name) throws Exception {
        createTopics(kafka, name);
        kafka.createTopics(name + "-model-updates", 1, Map.of("cleanup.policy", "compact"));
        kafka.createTopics(1, name + "-model-status");
    }

    /** Creates {@code <name>-images}, which takes any timestamp, {@code <name>-classifications}, {@code <name>-dead-letters}. */
    static void createTopics(EmbeddedKafka kafka, String name) throws Exception {
        kafka.createTopics(
                name + "-images", 4, Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
        kafka.createTopics(2, name + "-classifications", name + "-dead-letters");
    }

    /**
     * Starts the job with a checkpoint a second and restarts without end. The caller closes it.
     *
     * @param more options beside those of Kafka; they win
     */
    static RunningJob on(MiniCluster cluster, String bootstrapServers, String name, List<String> more) {
        return on(cluster, bootstrapServers, name, more, new Configuration());
    }

    /** @param moreFlink what a cluster's configuration or {@code flink run} would say; it wins */
    static RunningJob on(
            MiniCluster cluster, String bootstrapServers, String name, List<String> more, Configuration moreFlink) {
        List<String> args = new ArrayList<>(List.of(
                "--job.name",
                name,
                "--kafka.bootstrap-servers",
                bootstrapServers,
                "--images.topic",
                name + "-images",
                "--images.group-id",
                name,
                "--classifications.topic",
                name + "-classifications",
                "--dead-letters.topic",
                name + "-dead-letters"));
        args.addAll(more);
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
        flink.addAll(moreFlink);
        return new RunningJob(cluster, name, () -> {
            StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
            environment.configure(flink);
            ClassificationJob.run(JobConfig.from(CommandLine.parse(args.toArray(String[]::new))), environment);
            return null;
        });
    }
}
