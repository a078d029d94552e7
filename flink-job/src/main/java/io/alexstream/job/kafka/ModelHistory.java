package io.alexstream.job.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** How far the model-updates topic has been written. Confined to the thread that asks. */
final class ModelHistory {

    private static final Duration POLL = Duration.ofMillis(100);

    /** Each look goes back so many times as far as the one before: few looks, and little read twice. */
    private static final long WIDER = 16;

    private ModelHistory() {}

    /** The topic's one partition; only within one do updates have an order. */
    static TopicPartition partition(ModelTopics topics) {
        return new TopicPartition(topics.updates(), 0);
    }

    /**
     * The offset behind the last record that a consumer can still read, 0 where there is none. The broker's own end may lie
     * behind offsets that compaction, retention or a transaction's end have left without a record; whoever waited for those
     * would wait for ever.
     *
     * @throws KafkaException where the brokers do not answer within {@code limit}
     */
    static long end(Properties client, TopicPartition partition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Properties properties = new Properties();
        properties.putAll(client);
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(limit.toMillis()));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(partition);
            consumer.assign(partitions);
            long begin = offset(consumer.beginningOffsets(partitions).get(partition));
            long end = offset(consumer.endOffsets(partitions).get(partition));
            long from = end;
            for (long back = 1; from > begin; back *= WIDER) {
                from = Math.max(begin, end - back);
                consumer.seek(partition, from);
                long last = lastRecord(consumer, partition, end, deadline);
                if (last >= 0) {
                    return last + 1;
                }
            }
            return 0;
        }
    }

    /** Of those between the consumer's position and {@code end}; -1 where there is none. */
    private static long lastRecord(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long end, long deadline) {
        long last = -1;
        while (consumer.position(partition) < end) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no answer in time");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                last = Math.max(last, record.offset());
            }
        }
        return last;
    }

    private static long offset(@Nullable Long answer) {
        return Objects.requireNonNull(answer, "offset");
    }
}
