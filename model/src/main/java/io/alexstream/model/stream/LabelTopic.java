package io.alexstream.model.stream;

import io.alexstream.contract.ImageLabel;
import io.alexstream.contract.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A bounded read of the topic {@code labels}: from its beginning to what was its end when reading began.
 *
 * @param labels by the time of their records, partitions notwithstanding: later ones come later
 * @param unreadable records that are no label, a line each
 */
public record LabelTopic(List<ImageLabel> labels, List<String> unreadable) {

    private static final Duration POLL = Duration.ofMillis(500);

    /** Polls in a row without a record, though there should be some: the brokers are gone (1 minute). */
    private static final int MOST_EMPTY_POLLS = 120;

    public LabelTopic {
        labels = List.copyOf(labels);
        unreadable = List.copyOf(unreadable);
    }

    private record Timed(long timestamp, ImageLabel label) {}

    /** @throws StreamException where the brokers do not answer or the topic is missing */
    public static LabelTopic read(KafkaAccess kafka, String topic) {
        kafka.requireTopics(Set.of(topic));
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            return read(consumer, topic);
        } catch (KafkaException e) {
            throw new StreamException("the topic " + topic + " cannot be read: " + e.getMessage(), e);
        }
    }

    static LabelTopic read(Consumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        List<Timed> labels = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        int empty = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                if (record.offset() < ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L)) {
                    read(record, labels, unreadable);
                }
            }
            empty = polled.isEmpty() ? empty + 1 : 0; // tombstones are an answer too
            if (empty > MOST_EMPTY_POLLS) {
                throw new StreamException("Kafka stopped answering before the end of the topic " + topic);
            }
        }
        // A stable sort: records of one millisecond keep the order of their partition.
        labels.sort((a, b) -> Long.compare(a.timestamp(), b.timestamp()));
        return new LabelTopic(labels.stream().map(Timed::label).toList(), unreadable);
    }

    private static void read(ConsumerRecord<byte[], byte[]> record, List<Timed> labels, List<String> unreadable) {
        byte[] value = record.value();
        if (value == null) {
            return; // a tombstone says nothing of an image
        }
        try {
            labels.add(new Timed(record.timestamp(), Json.fromBytes(value, ImageLabel.class)));
        } catch (IOException e) {
            unreadable.add(record.topic() + "-" + record.partition() + "-" + record.offset() + " is no label: "
                    + e.getMessage());
        }
    }
}
