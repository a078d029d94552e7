package io.alexstream.job.kafka;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How the job's clients reach Kafka. {@code properties} may hold passwords, so {@link #toString} hides their values.
 *
 * @param properties what the user passes through to every client, without the prefix {@code kafka.properties.}
 */
public record KafkaSettings(
        String bootstrapServers,
        Map<String, String> properties,
        String transactionalIdPrefix,
        Duration transactionTimeout,
        DeliveryGuarantee deliveryGuarantee) {

    /** Kafka's own default of 1 MiB is less than a large {@code data:} URI with its dead-letter headers. */
    private static final int MAX_REQUEST_SIZE = 8 * 1024 * 1024;

    /** Kafka's default of {@code buffer.memory}; a record larger than it can never be sent. */
    private static final long BUFFER_MEMORY = 32L * 1024 * 1024;

    public KafkaSettings {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        Objects.requireNonNull(transactionalIdPrefix, "transactionalIdPrefix");
        Objects.requireNonNull(transactionTimeout, "transactionTimeout");
        Objects.requireNonNull(deliveryGuarantee, "deliveryGuarantee");
        properties = Map.copyOf(properties);
    }

    /** For consumers and administration clients. */
    public Properties client() {
        Properties client = new Properties();
        client.putAll(properties);
        client.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return client;
    }

    /** For producers, without a transactional id. */
    public Properties producer() {
        Properties producer = new Properties();
        producer.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_SIZE));
        producer.putAll(client());
        producer.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(transactionTimeout.toMillis()));
        return producer;
    }

    /** The largest record that our producer sends, whatever the topic takes. */
    public long maxRecordBytes() {
        Properties producer = producer();
        long request = Long.parseLong(producer.getProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
        String buffer = producer.getProperty(ProducerConfig.BUFFER_MEMORY_CONFIG);
        return Math.min(request, buffer == null ? BUFFER_MEMORY : Long.parseLong(buffer));
    }

    /** Whether batches are compressed, in which case one that does not shrink may grow a little. */
    public boolean isCompressed() {
        return !"none".equals(properties.getOrDefault(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"));
    }

    public boolean isExactlyOnce() {
        return deliveryGuarantee == DeliveryGuarantee.EXACTLY_ONCE;
    }

    /** Whether a client property's value must not be shown. Rather too often than too seldom. */
    public static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.contains("password")
                || lower.contains("jaas")
                || lower.contains("secret")
                || lower.contains("token")
                || lower.contains("key")
                || lower.contains("credential");
    }

    /** Whether Kafka itself keeps this client property's value secret. */
    public static boolean isPassword(String key) {
        ConfigDef.ConfigKey known = ProducerConfig.configDef().configKeys().get(key);
        return known != null && known.type() == ConfigDef.Type.PASSWORD;
    }

    /** {@code text} with the value of every secret property blotted out. */
    public String withoutSecrets(String text) {
        String clean = text;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (isSecret(property.getKey()) && !property.getValue().isEmpty()) {
                clean = clean.replace(property.getValue(), "******");
            }
        }
        return clean;
    }

    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.replaceAll((key, value) -> isSecret(key) ? "******" : value);
        return "KafkaSettings[" + bootstrapServers + ", " + shown + ", " + transactionalIdPrefix + ", "
                + transactionTimeout + ", " + deliveryGuarantee + "]";
    }
}
