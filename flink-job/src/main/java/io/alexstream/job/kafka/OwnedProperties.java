package io.alexstream.job.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Checks what the user passes through to the Kafka clients, before any client is made from it. */
public final class OwnedProperties {

    /** Client properties that the job sets itself, and what to do instead. */
    private static final Map<String, String> OWNED = Map.ofEntries(
            Map.entry("bootstrap.servers", "use kafka.bootstrap-servers"),
            Map.entry("group.id", "use images.group-id"),
            Map.entry("auto.offset.reset", "use images.starting-offsets"),
            Map.entry("transactional.id", "use kafka.transactional-id-prefix"),
            Map.entry("transaction.timeout.ms", "use kafka.transaction-timeout"),
            Map.entry("isolation.level", "the job reads committed records only"),
            Map.entry("enable.auto.commit", "offsets are committed with Flink's checkpoints"),
            Map.entry("client.id", "client ids begin with images.group-id"),
            Map.entry("client.id.prefix", "client ids begin with images.group-id"),
            Map.entry("key.serializer", "the job writes bytes"),
            Map.entry("value.serializer", "the job writes bytes"),
            Map.entry("key.deserializer", "the job reads bytes"),
            Map.entry("value.deserializer", "the job reads bytes"));

    /** Well formed; nothing connects to it. */
    private static final String ANY_SERVER = "localhost:9092";

    private OwnedProperties() {}

    /** One line for each property that is not the user's to set, or that a Kafka client refuses. */
    public static List<String> problems(KafkaSettings settings) {
        List<String> problems = new ArrayList<>();
        for (String key : new TreeSet<>(settings.properties().keySet())) {
            String instead = OWNED.get(key);
            if (instead != null) {
                problems.add("kafka.properties." + key + ": is set by the job; " + instead);
            }
        }
        if (problems.isEmpty()) {
            refusal(settings).ifPresent(problems::add);
        }
        if (problems.isEmpty() && settings.maxRecordBytes() < BrokerAnswers.MIN_MESSAGE_BYTES) {
            problems.add("kafka.properties: max.request.size and buffer.memory must be "
                    + BrokerAnswers.MIN_MESSAGE_BYTES + " bytes or more, were " + settings.maxRecordBytes());
        }
        return problems;
    }

    private static Optional<String> refusal(KafkaSettings settings) {
        Properties producer = settings.producer();
        // Options of their own, checked where they are read; here they must not cause a second complaint.
        producer.remove(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        producer.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, ANY_SERVER);
        producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        Properties client = settings.client();
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, ANY_SERVER);
        Properties consumer = new Properties();
        consumer.putAll(client);
        consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        try {
            new ProducerConfig(producer);
            new ConsumerConfig(consumer);
            new AdminClientConfig(client);
        } catch (KafkaException e) {
            return Optional.of("kafka.properties: " + settings.withoutSecrets(String.valueOf(e.getMessage())));
        }
        return settings.isExactlyOnce() ? transactionsRefused(producer) : Optional.empty();
    }

    private static Optional<String> transactionsRefused(Properties producer) {
        producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "any");
        try {
            new ProducerConfig(producer);
            return Optional.empty();
        } catch (KafkaException e) {
            return Optional.of(
                    "kafka.properties: delivery-guarantee exactly-once needs acks=all, enable.idempotence=true"
                            + " and at most 5 for max.in.flight.requests.per.connection; leave them to their defaults");
        }
    }
}
