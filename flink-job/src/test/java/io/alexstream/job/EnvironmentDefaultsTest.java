package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.job.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

final class EnvironmentDefaultsTest {

    @Test
    void checkpointsEveryTenSecondsWhereExactlyOnceFindsNoInterval() {
        StreamExecutionEnvironment environment = environment(new Configuration());

        assertThat(apply(environment, DeliveryGuarantee.EXACTLY_ONCE, Duration.ofMinutes(10)))
                .isEmpty();
        assertThat(environment.getCheckpointInterval()).isEqualTo(10_000);
    }

    @Test
    void keepsTheIntervalThatWasSet() {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(3));
        StreamExecutionEnvironment environment = environment(configuration);

        assertThat(apply(environment, DeliveryGuarantee.EXACTLY_ONCE, Duration.ofMinutes(10)))
                .isEmpty();
        assertThat(environment.getCheckpointInterval()).isEqualTo(3000);
    }

    @Test
    void setsNoIntervalWhereNothingWaitsForIt() {
        StreamExecutionEnvironment environment = environment(new Configuration());

        assertThat(apply(environment, DeliveryGuarantee.AT_LEAST_ONCE, Duration.ofMinutes(10)))
                .isEmpty();
        assertThat(environment.getCheckpointConfig().isCheckpointingEnabled()).isFalse();
    }

    @Test
    void refusesTransactionsThatEndBeforeTheirCheckpoint() {
        StreamExecutionEnvironment environment = environment(new Configuration());

        assertThat(apply(environment, DeliveryGuarantee.EXACTLY_ONCE, Duration.ofSeconds(10)))
                .singleElement()
                .asString()
                .contains("kafka.transaction-timeout", "execution.checkpointing.interval");
    }

    @Test
    void forbidsKryoAndReusesObjects() {
        StreamExecutionEnvironment environment = environment(new Configuration());

        apply(environment, DeliveryGuarantee.EXACTLY_ONCE, Duration.ofMinutes(10));

        assertThat(environment.getConfiguration().get(PipelineOptions.GENERIC_TYPES))
                .isFalse();
        assertThat(environment.getConfig().isObjectReuseEnabled()).isTrue();
    }

    private static List<String> apply(
            StreamExecutionEnvironment environment, DeliveryGuarantee guarantee, Duration timeout) {
        return EnvironmentDefaults.apply(environment, new KafkaSettings("b:1", Map.of(), "p", timeout, guarantee));
    }

    private static StreamExecutionEnvironment environment(Configuration configuration) {
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }
}
