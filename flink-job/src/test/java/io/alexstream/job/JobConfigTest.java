package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.job.kafka.KafkaSettings;
import io.alexstream.job.kafka.KafkaTopics;
import io.alexstream.job.kafka.ModelTopics;
import io.alexstream.job.kafka.StartingOffsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobConfigTest {

    private static final List<String> REQUIRED =
            List.of("--kafka.bootstrap-servers", "broker:9092", "--model.package", "file:///models/tiny/1");

    @Test
    void hasTheDefaultsOfTheContract() {
        JobConfig config = config();

        assertThat(config.name()).isEqualTo("alexstream");
        assertThat(config.kafka())
                .isEqualTo(new KafkaSettings(
                        "broker:9092", Map.of(), "alexstream", Duration.ofMinutes(10), DeliveryGuarantee.EXACTLY_ONCE));
        assertThat(config.topics())
                .isEqualTo(new KafkaTopics(
                        "images",
                        "alexstream",
                        StartingOffsets.COMMITTED_ELSE_EARLIEST,
                        "classifications",
                        "dead-letters",
                        ModelTopics.none()));
    }

    @Test
    void takesEveryKey() {
        JobConfig config = config(
                "--job.name", "my job",
                "--kafka.bootstrap-servers", "a:1, [::1]:2",
                "--kafka.properties.security.protocol", "SASL_SSL",
                "--kafka.transactional-id-prefix", "mine",
                "--kafka.transaction-timeout", "90 s",
                "--images.topic", "in",
                "--images.group-id", "group",
                "--images.starting-offsets", "latest",
                "--classifications.topic", "out",
                "--dead-letters.topic", "dead",
                "--model-updates.topic", "updates",
                "--model-status.topic", "status",
                "--delivery-guarantee", "at-least-once");

        assertThat(config.name()).isEqualTo("my job");
        assertThat(config.kafka())
                .isEqualTo(new KafkaSettings(
                        "a:1, [::1]:2",
                        Map.of("security.protocol", "SASL_SSL"),
                        "mine",
                        Duration.ofSeconds(90),
                        DeliveryGuarantee.AT_LEAST_ONCE));
        assertThat(config.topics())
                .isEqualTo(new KafkaTopics(
                        "in", "group", StartingOffsets.LATEST, "out", "dead", new ModelTopics("updates", "status")));
    }

    @Test
    void mindsTheStatusTopicOnlyWhereThereIsSomethingToReport() {
        assertThat(config("--model-status.topic=two words").topics().models()).isEqualTo(ModelTopics.none());
        assertThatThrownBy(() -> config("--model-updates.topic=updates", "--model-status.topic=two words"))
                .message()
                .contains("model-status.topic")
                .doesNotContain("\n");
    }

    @Test
    void namesTransactionsAfterTheGroupWhereNothingElseIsSaid() {
        assertThat(config("--images.group-id", "group").kafka().transactionalIdPrefix())
                .isEqualTo("group");
    }

    @ParameterizedTest
    @CsvSource({
        "job.name, ' '",
        "kafka.bootstrap-servers, broker",
        "kafka.bootstrap-servers, 'a:1,,b:2'",
        "kafka.bootstrap-servers, PLAINTEXT://a:1",
        "kafka.transaction-timeout, soon",
        "kafka.transaction-timeout, 10 ms",
        "kafka.transaction-timeout, 60 d",
        "images.topic, 'two words'",
        "images.topic, ..",
        "images.topic, classifications",
        "images.group-id, ''",
        "images.starting-offsets, yesterday",
        "classifications.topic, images",
        "classifications.topic, ''",
        "dead-letters.topic, images",
        "dead-letters.topic, classifications",
        "model-updates.topic, 'two words'",
        "model-updates.topic, images",
        "delivery-guarantee, perhaps",
        "kafka.properties.group.id, mine",
        "kafka.properties.acks, banana",
        "batch.max-size, 0"
    })
    void refusesAValueInOneLineThatNamesTheOption(String key, String value) {
        assertThatThrownBy(() -> config("--" + key + "=" + value))
                .isInstanceOf(ProgramParametrizationException.class)
                .message()
                .contains(
                        key.startsWith("images.topic")
                                ? "topic"
                                : key.startsWith("kafka.properties") ? "kafka.properties" : key)
                .doesNotContain("\n")
                .endsWith("(--help lists all options)");
    }

    @Test
    void refusesOneTopicForUpdatesAndStatus() {
        assertThatThrownBy(() -> config("--model-updates.topic=model-status"))
                .message()
                .startsWith("model-status.topic: must not be model-updates.topic, was 'model-status'");
    }

    @Test
    void reportsAllProblemsTogether() {
        assertThatThrownBy(() -> JobConfig.from(CommandLine.parse(
                        "--imagestopic", "x", "--delivery-guarantee", "perhaps", "--batch.max-size", "0")))
                .isInstanceOf(ProgramParametrizationException.class)
                .message()
                .startsWith("5 problems")
                .contains(
                        "imagestopic",
                        "kafka.bootstrap-servers: is required",
                        "delivery-guarantee",
                        "model.package",
                        "batch.max-size");
    }

    @Test
    void allowsEachMistakeOneLine() {
        assertThatThrownBy(() -> JobConfig.from(CommandLine.parse("--job.name", "")))
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(4));
    }

    @Test
    void keepsSecretsOutOfItsText() {
        JobConfig config = config("--kafka.properties.ssl.keystore.password", "hunter2");

        assertThat(config.toString()).doesNotContain("hunter2");
    }

    private static JobConfig config(String... args) {
        List<String> all = new ArrayList<>(REQUIRED);
        all.addAll(List.of(args));
        return JobConfig.from(CommandLine.parse(all.toArray(String[]::new)));
    }
}
