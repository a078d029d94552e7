package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.job.testing.EmbeddedKafka;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class BrokerCheckITCase {

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        kafka.createTopics(1, "images", "classifications");
        kafka.createTopics(
                "dead-letters",
                1,
                Map.of(
                        "max.message.bytes", "500000",
                        "message.timestamp.before.max.ms", "86400000",
                        "message.timestamp.after.max.ms", "60000"));
        kafka.createTopics("compacted", 1, Map.of("cleanup.policy", "compact"));
        kafka.createTopics("narrow", 1, Map.of("max.message.bytes", "1000"));
        kafka.createTopics("packed", 1, Map.of("compression.type", "lz4"));
        kafka.createTopics("stamped", 1, Map.of("message.timestamp.type", "LogAppendTime"));
    }

    @AfterAll
    static void stop() throws Exception {
        kafka.close();
    }

    @Test
    void learnsWhatTheTopicsTake() {
        BrokerCheck check = check(topics("images", "classifications", "dead-letters"));

        assertThat(check.problems()).isEmpty();
        assertThat(check.classifications()).isEqualTo(TopicLimits.ofDefaults());
        assertThat(check.deadLetters()).isEqualTo(new TopicLimits(500_000, 86_400_000, 60_000));
    }

    @Test
    void leavesRoomForCompressionAndTimeToTheBroker() {
        BrokerCheck check = check(topics("images", "packed", "stamped"));

        assertThat(check.problems()).isEmpty();
        assertThat(check.classifications().maxBytes()).isLessThan(TopicLimits.KAFKA_MAX_MESSAGE_BYTES);
        assertThat(check.deadLetters().maxFuture()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takesTheProducersLimitWhereItIsSmaller() {
        KafkaSettings settings =
                settings(kafka.bootstrapServers(), Map.of("max.request.size", "100000"), Duration.ofMinutes(10));

        assertThat(BrokerCheck.of(settings, topics("images", "classifications", "dead-letters"))
                        .classifications()
                        .maxBytes())
                .isEqualTo(100_000);
    }

    @Test
    void namesEachTopicThatDoesNotExistAndItsOption() {
        String servers = kafka.bootstrapServers();

        assertThat(check(topics("a", "b", "c")).problems())
                .containsExactly(
                        "images.topic: topic 'a' does not exist at " + servers + "; create it or name another",
                        "classifications.topic: topic 'b' does not exist at " + servers + "; create it or name another",
                        "dead-letters.topic: topic 'c' does not exist at " + servers + "; create it or name another");
    }

    @Test
    void refusesTopicsThatWouldRefuseResults() {
        assertThat(check(topics("images", "compacted", "narrow")).problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("classifications.topic: topic 'compacted' is compacted"))
                .anyMatch(problem ->
                        problem.startsWith("dead-letters.topic: records of topic 'narrow' may have 1000 bytes"));
    }

    @Test
    void refusesTransactionsLongerThanTheBrokersAllow() {
        KafkaSettings tooLong = settings(kafka.bootstrapServers(), Map.of(), Duration.ofMinutes(16));

        assertThat(BrokerCheck.of(tooLong, topics("images", "classifications", "dead-letters"))
                        .problems())
                .containsExactly("kafka.transaction-timeout: 960000 ms is more than the brokers'"
                        + " transaction.max.timeout.ms of 900000; lower the one or raise the other");
    }

    @Test
    void doesNotStopAJobWhoseBrokersAreAway() {
        BrokerCheck check = BrokerCheck.of(
                settings("127.0.0.1:1", Map.of(), Duration.ofMinutes(10)),
                topics("images", "classifications", "dead-letters"),
                Duration.ofSeconds(2));

        assertThat(check)
                .isEqualTo(new BrokerCheck(java.util.List.of(), TopicLimits.ofDefaults(), TopicLimits.ofDefaults()));
    }

    @Test
    void doesNotStopAJobWhoseBrokersHaveNoAddressYet() {
        BrokerCheck check = BrokerCheck.of(
                settings("kafka.invalid:9092", Map.of(), Duration.ofMinutes(10)),
                topics("images", "classifications", "dead-letters"),
                Duration.ofSeconds(2));

        assertThat(check.problems()).isEmpty();
    }

    @Test
    void refusesSettingsThatMakeNoClient() {
        Map<String, String> properties = Map.of(
                "security.protocol", "SSL",
                "ssl.truststore.location", "nowhere.jks",
                "ssl.truststore.password", "hunter2");

        assertThat(BrokerCheck.of(
                                settings(kafka.bootstrapServers(), properties, Duration.ofMinutes(10)),
                                topics("images", "classifications", "dead-letters"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("kafka.properties: ")
                .contains("nowhere.jks")
                .doesNotContain("hunter2", "\n");
    }

    @Test
    void expectsBrokersToCreateResultTopicsWhereTheyDo() throws Exception {
        try (EmbeddedKafka creating =
                EmbeddedKafka.start(Map.of("auto.create.topics.enable", "true", "message.max.bytes", "70000"))) {
            creating.createTopics(1, "images");
            KafkaSettings settings = settings(creating.bootstrapServers(), Map.of(), Duration.ofMinutes(10));

            BrokerCheck check = BrokerCheck.of(settings, topics("images", "x", "y"));

            assertThat(check.problems()).isEmpty();
            assertThat(check.classifications().maxBytes()).isEqualTo(70_000);
        }
    }

    private static BrokerCheck check(KafkaTopics topics) {
        return BrokerCheck.of(settings(kafka.bootstrapServers(), Map.of(), Duration.ofMinutes(10)), topics);
    }

    private static KafkaTopics topics(String images, String classifications, String deadLetters) {
        return new KafkaTopics(images, "group", StartingOffsets.EARLIEST, classifications, deadLetters);
    }

    private static KafkaSettings settings(String servers, Map<String, String> properties, Duration timeout) {
        return new KafkaSettings(servers, properties, "prefix", timeout, DeliveryGuarantee.EXACTLY_ONCE);
    }
}
