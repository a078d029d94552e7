package io.alexstream.model.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * All partitions of one topic from the beginning, without a consumer group. Confined to one thread but for {@link #stop}, which
 * any thread may call. Owns its consumer.
 */
public final class TopicRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    /** As long as the clients wait for a broker elsewhere. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private volatile boolean stopped;

    /** @throws StreamException where the topic cannot be read */
    public TopicRecords(KafkaAccess kafka, String topic) {
        this.topic = topic;
        consumer = kafka.consumer();
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (KafkaException e) {
            consumer.close();
            throw unreadable(e);
        }
    }

    /**
     * Reads on to the end as it is now.
     *
     * @throws StreamException where Kafka fails or has nothing more for {@link #PATIENCE}
     */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        readToEnd(records::add);
        return records;
    }

    /** The same for what may be too much to keep. */
    public void readToEnd(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            long heard = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var polled = consumer.poll(POLL);
                polled.forEach(each);
                long now = System.nanoTime();
                if (!polled.isEmpty()) {
                    heard = now;
                } else if (now - heard > PATIENCE.toNanos()) {
                    throw new StreamException("topic " + topic + " cannot be read to its end: the broker is silent for "
                            + PATIENCE.toSeconds() + " s");
                }
            }
        } catch (WakeupException e) {
            throw new StreamException("stopped while reading topic " + topic, e);
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    /** Waits for records; after {@link #stop} there are none. */
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration timeout) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try {
            consumer.poll(timeout).forEach(records::add);
        } catch (WakeupException e) {
            return records; // stop() was called; the caller asks isStopped()
        } catch (KafkaException e) {
            throw unreadable(e);
        }
        return records;
    }

    private StreamException unreadable(KafkaException e) {
        return new StreamException("topic " + topic + " cannot be read: " + e.getMessage(), e);
    }

    /** Ends a wait; safe from any thread. */
    public void stop() {
        stopped = true;
        consumer.wakeup();
    }

    public boolean isStopped() {
        return stopped;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
