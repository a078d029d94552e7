package io.alexstream.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from where it ends now, for the times at which the broker appended the records. It reads what is not committed
 * yet too: the append is what is measured, and a record's timestamp does not depend on when it is read. Confined to one thread.
 */
final class AppendTimes implements AutoCloseable {

    /** Without a new record for so long, something is wrong: a batch takes a second at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Seldom and much at a time, so that the reader takes little of the cores that are measured. */
    private static final Map<String, Object> SELDOM = Map.of("fetch.min.bytes", 1 << 20, "fetch.max.wait.ms", 500);

    private final KafkaConsumer<byte[], byte[]> consumer;

    AppendTimes(String bootstrapServers, String topic) {
        Map<String, Object> settings = new java.util.HashMap<>(SELDOM);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("enable.auto.commit", false);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy; asking makes it happen now.
        partitions.forEach(consumer::position);
    }

    /** @throws IllegalStateException where they do not come */
    List<ConsumerRecord<byte[], byte[]>> await(int count, Runnable requireAlive) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long lastNews = System.nanoTime();
        while (records.size() < count) {
            requireAlive.run();
            int before = records.size();
            consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            if (records.size() > before) {
                lastNews = System.nanoTime();
            } else if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
                throw new IllegalStateException("only " + records.size() + " of " + count + " records came");
            }
        }
        return records;
    }

    long[] awaitMillis(int count, Runnable requireAlive) {
        return await(count, requireAlive).stream()
                .mapToLong(ConsumerRecord::timestamp)
                .toArray();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
