package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.TopicWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
        kafka.createTopics(1, "images", "classifications", "status", "forgetful");
        kafka.createTopics("two", 2, Map.of("cleanup.policy", "compact"));
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
                        "images.topic: topic 'a' does not exist at " + servers + "; create it, or name another",
                        "classifications.topic: topic 'b' does not exist at " + servers
                                + "; create it, or name another",
                        "dead-letters.topic: topic 'c' does not exist at " + servers + "; create it, or name another");
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
                .isEqualTo(
                        new BrokerCheck(List.of(), List.of(), TopicLimits.ofDefaults(), TopicLimits.ofDefaults(), 0));
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

    @Test
    void refusesUpdatesThatHaveNoOrderAndAStatusThatIsForgotten() {
        assertThat(check(models("absent-updates", "absent-status")).problems())
                .containsExactlyInAnyOrder(
                        "model-updates.topic: topic 'absent-updates' does not exist at " + kafka.bootstrapServers()
                                + "; create it with 1 partition and cleanup.policy=compact, or name another",
                        "model-status.topic: topic 'absent-status' does not exist at " + kafka.bootstrapServers()
                                + "; create it, or name another");
        assertThat(check(models("two", "compacted")).problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("model-updates.topic: topic 'two' has 2 partitions"))
                .anyMatch(problem -> problem.startsWith("model-status.topic: topic 'compacted' is compacted"));
    }

    @Test
    void warnsOfUpdatesThatKafkaForgets() {
        assertThat(check(models("compacted", "status")).warnings()).isEmpty();

        BrokerCheck forgetful = check(models("forgetful", "status"));

        assertThat(forgetful.problems()).isEmpty();
        assertThat(forgetful.warnings())
                .singleElement()
                .asString()
                .startsWith("model-updates.topic: topic 'forgetful' is not compacted");
    }

    @Test
    void findsTheEndOfTheHistoryWhereARecordIsAndNotWhereTheLogEnds() throws Exception {
        kafka.createTopics("history", 1, Map.of("cleanup.policy", "compact"));
        assertThat(historyEnd("history")).isZero();

        send("history", 3);
        assertThat(historyEnd("history")).isEqualTo(3);

        // Each transaction ends with a mark that has an offset and is no record; the aborted one leaves nothing else.
        for (int i = 0; i < 20; i++) {
            sendInATransaction("history", i == 4);
        }
        assertThat(historyEnd("history")).isEqualTo(3 + 4 * 2 + 1);
    }

    @Test
    void findsNoHistoryWhereAllOfItIsGone() throws Exception {
        kafka.createTopics("gone", 1, Map.of());
        send("gone", 40);
        try (Admin admin = kafka.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition("gone", 0), RecordsToDelete.beforeOffset(40)))
                    .all()
                    .get();
        }

        assertThat(historyEnd("gone")).isZero();
    }

    private static long historyEnd(String updates) {
        BrokerCheck check = check(models(updates, "status"));
        assertThat(check.problems()).isEmpty();
        return check.historyEnd();
    }

    private static void send(String topic, int count) {
        try (TopicWriter writer = new TopicWriter(kafka.bootstrapServers(), topic)) {
            for (int i = 0; i < count; i++) {
                writer.send("alexnet", "x");
            }
        }
    }

    private static void sendInATransaction(String topic, boolean isCommitted) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "history"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {1}));
            producer.flush();
            if (isCommitted) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static BrokerCheck check(KafkaTopics topics) {
        return BrokerCheck.of(settings(kafka.bootstrapServers(), Map.of(), Duration.ofMinutes(10)), topics);
    }

    private static KafkaTopics topics(String images, String classifications, String deadLetters) {
        return topics(images, classifications, deadLetters, ModelTopics.none());
    }

    private static KafkaTopics topics(String images, String classifications, String deadLetters, ModelTopics models) {
        return new KafkaTopics(images, "group", StartingOffsets.EARLIEST, classifications, deadLetters, models);
    }

    private static KafkaTopics models(String updates, String status) {
        return topics("images", "classifications", "dead-letters", new ModelTopics(updates, status));
    }

    private static KafkaSettings settings(String servers, Map<String, String> properties, Duration timeout) {
        return new KafkaSettings(servers, properties, "prefix", timeout, DeliveryGuarantee.EXACTLY_ONCE);
    }
}
