package io.alexstream.job;

import io.alexstream.job.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the job sets on Flink's environment, and what it must find there. */
final class EnvironmentDefaults {

    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentDefaults.class);

    /** Committed results appear this often where nobody said otherwise. */
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    private EnvironmentDefaults() {}

    /** Returns what is wrong, one line each. */
    static List<String> apply(StreamExecutionEnvironment environment, KafkaSettings kafka) {
        Configuration configuration = new Configuration();
        // A type that falls back to Kryo should fail at the start, not when a savepoint is restored.
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        // Safe, since every record between the operators is immutable; it saves a copy of each image reference a step.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        environment.configure(configuration);
        return checkpoints(environment, kafka);
    }

    private static List<String> checkpoints(StreamExecutionEnvironment environment, KafkaSettings kafka) {
        List<String> problems = new ArrayList<>();
        boolean isEnabled = environment.getCheckpointConfig().isCheckpointingEnabled();
        if (!isEnabled && kafka.isExactlyOnce()) {
            environment.enableCheckpointing(CHECKPOINT_INTERVAL.toMillis());
            LOG.info(
                    "execution.checkpointing.interval was not set; it is {} s now, since results are committed with checkpoints",
                    CHECKPOINT_INTERVAL.toSeconds());
        } else if (!isEnabled) {
            LOG.warn("execution.checkpointing.interval is not set; after a failure the job reads again from where it"
                    + " first began");
        }
        if (kafka.isExactlyOnce()
                && environment.getCheckpointConfig().getCheckpointingConsistencyMode()
                        != CheckpointingMode.EXACTLY_ONCE) {
            problems.add(
                    "execution.checkpointing.mode: must be EXACTLY_ONCE, or records are doubled after a failure; or set"
                            + " delivery-guarantee to at-least-once");
        }
        long interval = environment.getCheckpointInterval();
        if (kafka.isExactlyOnce() && interval >= kafka.transactionTimeout().toMillis()) {
            problems.add(
                    "kafka.transaction-timeout: must be longer than execution.checkpointing.interval of " + interval
                            + " ms, or the brokers abort every transaction, was "
                            + kafka.transactionTimeout().toMillis() + " ms");
        }
        return problems;
    }
}
