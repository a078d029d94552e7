package io.alexstream.model.stream;

import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a topic is, all partitions together. Immutable.
 *
 * @param begin records that were, and are there no more
 * @param end all records that ever were
 */
public record TopicExtent(long begin, long end) {

    /** @throws StreamException where the brokers do not answer or the topic is missing */
    public static TopicExtent of(KafkaAccess kafka, String topic) {
        kafka.requireTopics(Set.of(topic));
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            return new TopicExtent(
                    sum(consumer.beginningOffsets(partitions).values()),
                    sum(consumer.endOffsets(partitions).values()));
        } catch (KafkaException e) {
            throw new StreamException("the topic " + topic + " cannot be looked at: " + e.getMessage(), e);
        }
    }

    private static long sum(Iterable<Long> offsets) {
        long sum = 0;
        for (long offset : offsets) {
            sum += offset;
        }
        return sum;
    }
}
