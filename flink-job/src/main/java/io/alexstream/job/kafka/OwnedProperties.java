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
        try {
            checkProducer(settings);
            Properties consumer = settings.client();
            consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            new ConsumerConfig(consumer);
            new AdminClientConfig(settings.client());
            return Optional.empty();
        } catch (KafkaException e) {
            return Optional.of("kafka.properties: " + settings.withoutSecrets(String.valueOf(e.getMessage())));
        }
    }

    private static void checkProducer(KafkaSettings settings) {
        Properties producer = settings.producer();
        producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        if (settings.isExactlyOnce()) {
            producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalIdPrefix());
        }
        new ProducerConfig(producer);
    }
}
