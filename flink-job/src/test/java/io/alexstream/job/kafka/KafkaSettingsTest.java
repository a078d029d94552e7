package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KafkaSettingsTest {

    private static KafkaSettings settings(Map<String, String> properties) {
        return new KafkaSettings(
                "broker:9092", properties, "prefix", Duration.ofMinutes(10), DeliveryGuarantee.EXACTLY_ONCE);
    }

    @Test
    void givesProducersRoomForLargeRecordsUnlessTheUserSaysOtherwise() {
        assertThat(settings(Map.of()).producer())
                .containsEntry("max.request.size", "8388608")
                .containsEntry("transaction.timeout.ms", "600000")
                .containsEntry("bootstrap.servers", "broker:9092");
        assertThat(settings(Map.of("max.request.size", "5000")).producer()).containsEntry("max.request.size", "5000");
        assertThat(settings(Map.of()).maxRecordBytes()).isEqualTo(8_388_608);
        assertThat(settings(Map.of("max.request.size", "5000")).maxRecordBytes())
                .isEqualTo(5000);
        assertThat(settings(Map.of("buffer.memory", "70000")).maxRecordBytes()).isEqualTo(70000);
    }

    @Test
    void passesPropertiesToEveryClient() {
        Properties client = settings(Map.of("security.protocol", "SASL_SSL")).client();

        assertThat(client).containsEntry("security.protocol", "SASL_SSL").doesNotContainKey("max.request.size");
    }

    @Test
    void hidesSecrets() {
        KafkaSettings settings = settings(Map.of(
                "sasl.jaas.config", "Login required password=\"hunter2\";",
                "ssl.keystore.password", "hunter3",
                "ssl.truststore.location", "trust.jks"));

        assertThat(settings.toString()).doesNotContain("hunter").contains("trust.jks");
        assertThat(settings.withoutSecrets("cannot use hunter3 with trust.jks"))
                .isEqualTo("cannot use ****** with trust.jks");
    }

    @ParameterizedTest
    @CsvSource({
        "acks, banana",
        "acks, 1",
        "enable.idempotence, false",
        "retries, 0",
        "max.in.flight.requests.per.connection, 6",
        "max.request.size, 100",
        "fetch.min.bytes, -7",
        "bootstrap.servers, other:9092",
        "group.id, other",
        "transactional.id, other",
        "transaction.timeout.ms, 1",
        "isolation.level, read_uncommitted",
        "enable.auto.commit, true",
        "auto.offset.reset, latest",
        "client.id, other",
        "key.serializer, other",
        "value.serializer, other",
        "key.deserializer, other",
        "value.deserializer, other"
    })
    void refusesWhatIsNotTheUsersOrWhatKafkaRefuses(String key, String value) {
        assertThat(OwnedProperties.problems(settings(Map.of(key, value))))
                .singleElement()
                .asString()
                .startsWith("kafka.properties")
                .contains(key)
                .doesNotContain("\n");
    }

    @Test
    void acceptsWhatClientsAccept() {
        assertThat(OwnedProperties.problems(settings(Map.of(
                        "security.protocol", "SASL_PLAINTEXT",
                        "sasl.mechanism", "PLAIN",
                        "sasl.jaas.config", "org.example.Login required password=\"p\";",
                        "linger.ms", "20",
                        "acks", "all",
                        "compression.type", "zstd"))))
                .isEmpty();
    }
}
