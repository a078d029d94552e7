package io.alexstream.job.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads one topic from its beginning and keeps the records. Confined to one thread. */
public final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    /** Reads what is committed. */
    public TopicReader(String bootstrapServers, String topic) {
        this(bootstrapServers, topic, "read_committed");
    }

    /** Reads also what may still be aborted. */
    public static TopicReader ofUncommitted(String bootstrapServers, String topic) {
        return new TopicReader(bootstrapServers, topic, "read_uncommitted");
    }

    private TopicReader(String bootstrapServers, String topic, String isolation) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        isolation,
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads on until what was read satisfies {@code enough}.
     *
     * @return everything since the beginning
     * @throws AssertionError where that is not so in time
     */
    public List<ConsumerRecord<byte[], byte[]>> await(
            Predicate<List<ConsumerRecord<byte[], byte[]>>> enough, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (!enough.test(records)) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(
                        "not enough in " + limit + ": " + records.size() + " records of " + partitions);
            }
            poll();
        }
        return List.copyOf(records);
    }

    public List<ConsumerRecord<byte[], byte[]>> await(int count, Duration limit) {
        return await(read -> read.size() >= count, limit);
    }

    /** Reads to the end as it is now. */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
        return List.copyOf(records);
    }

    private void poll() {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
