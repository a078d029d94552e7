package io.alexstream.job.kafka;

import java.util.Properties;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Builds the job's source and sinks. */
public final class KafkaConnectors {

    private final KafkaSettings settings;
    private final KafkaTopics topics;

    public KafkaConnectors(KafkaSettings settings, KafkaTopics topics) {
        this.settings = settings;
        this.topics = topics;
    }

    /** The images topic, without end. Its offsets are committed when a checkpoint completes. */
    public KafkaSource<ImageRecord> images() {
        return imagesBuilder().build();
    }

    KafkaSourceBuilder<ImageRecord> imagesBuilder() {
        Properties properties = settings.client();
        // What a producer has aborted was never said.
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return KafkaSource.<ImageRecord>builder()
                .setProperties(properties)
                .setTopics(topics.images())
                .setGroupId(topics.groupId())
                .setClientIdPrefix(topics.groupId())
                .setStartingOffsets(topics.startingOffsets().initializer())
                .setDeserializer(new ImageRecordDeserializer());
    }

    public KafkaSink<OutgoingRecord> classifications() {
        return sink("-classifications", new OutgoingRecordSerializer(topics.classifications()));
    }

    public KafkaSink<OutgoingRecord> deadLetters() {
        return sink("-dead-letters", new OutgoingRecordSerializer(topics.deadLetters()));
    }

    /** Each sink needs a prefix of its own: two sinks with one prefix fence each other's producers. */
    KafkaSink<OutgoingRecord> sink(String suffix, KafkaRecordSerializationSchema<OutgoingRecord> serializer) {
        return KafkaSink.<OutgoingRecord>builder()
                .setKafkaProducerConfig(settings.producer())
                .setBootstrapServers(settings.bootstrapServers())
                .setDeliveryGuarantee(settings.deliveryGuarantee())
                .setTransactionalIdPrefix(settings.transactionalIdPrefix() + suffix)
                .setRecordSerializer(serializer)
                .build();
    }
}
