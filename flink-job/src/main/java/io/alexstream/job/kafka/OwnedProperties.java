package io.alexstream.job.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Map<String, String> properties = new HashMap<>(settings.properties());
        // Required by the definitions; nothing connects to it.
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        try {
            // The definitions only: making the configurations would log every value of them.
            Map<String, Object> producer = ProducerConfig.configDef().parse(properties);
            ConsumerConfig.configDef().parse(properties);
            AdminClientConfig.configDef().parse(properties);
            return settings.isExactlyOnce() ? transactionsRefused(producer) : Optional.empty();
        } catch (KafkaException e) {
            return Optional.of("kafka.properties: " + settings.withoutSecrets(String.valueOf(e.getMessage())));
        }
    }

    /** What Kafka's producer demands of one with a transactional id. */
    private static Optional<String> transactionsRefused(Map<String, Object> producer) {
        boolean isAllowed = List.of("all", "-1").contains(producer.get(ProducerConfig.ACKS_CONFIG))
                && Boolean.TRUE.equals(producer.get(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG))
                && producer.get(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION) instanceof Integer inFlight
                && inFlight <= 5
                && producer.get(ProducerConfig.RETRIES_CONFIG) instanceof Integer retries
                && retries > 0;
        return isAllowed
                ? Optional.empty()
                : Optional.of(
                        "kafka.properties: delivery-guarantee exactly-once needs acks=all, enable.idempotence=true,"
                                + " retries above 0 and at most 5 for max.in.flight.requests.per.connection;"
                                + " leave them to their defaults");
    }
}
