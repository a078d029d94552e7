package io.alexstream.job.kafka;

import io.alexstream.contract.PublishedUpdate;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Builds the job's sources and sinks. */
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
        return KafkaSource.<ImageRecord>builder()
                .setProperties(consumer())
                .setTopics(topics.images())
                .setGroupId(topics.groupId())
                .setClientIdPrefix(topics.groupId())
                .setStartingOffsets(topics.startingOffsets().initializer())
                .setDeserializer(new ImageRecordDeserializer());
    }

    /**
     * The model-updates topic, whole and without end, whatever the group has committed: a job that starts afresh must know the
     * newest update, and one that is restored goes on from its checkpoint. The committed offset shows people how far it is.
     */
    public KafkaSource<PublishedUpdate> modelUpdates() {
        return KafkaSource.<PublishedUpdate>builder()
                .setProperties(consumer())
                .setPartitions(Set.of(ModelHistory.partition(topics.models())))
                .setGroupId(topics.groupId())
                // Of its own: clients of one name in one process fight for the name of their metrics.
                .setClientIdPrefix(topics.groupId() + "-model-updates")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new PublishedUpdateDeserializer())
                .build();
    }

    private Properties consumer() {
        Properties properties = settings.client();
        // What a producer has aborted was never said.
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    public KafkaSink<OutgoingRecord> classifications() {
        return sink("-classifications", new OutgoingRecordSerializer(topics.classifications()));
    }

    public KafkaSink<OutgoingRecord> deadLetters() {
        return sink("-dead-letters", new OutgoingRecordSerializer(topics.deadLetters()));
    }

    /**
     * Reports come at once and not with the next checkpoint, since somebody waits for them; after a failure some come twice,
     * which changes nothing for whoever reads them.
     */
    public KafkaSink<OutgoingRecord> modelStatus() {
        return KafkaSink.<OutgoingRecord>builder()
                .setKafkaProducerConfig(settings.producer())
                .setBootstrapServers(settings.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(
                        new OutgoingRecordSerializer(topics.models().status()))
                .build();
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
