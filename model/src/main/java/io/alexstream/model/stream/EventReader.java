package io.alexstream.model.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads events of both output topics, only what is committed, without a consumer group. Confined to one thread but for
 * {@link #stop}, which any thread may call. Owns its consumer.
 */
public final class EventReader implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;
    private final EventParser parser;

    /** Where reading begins. */
    public enum Start {
        BEGINNING,
        /** What is committed after this moment. */
        NOW
    }

    /**
     * Connects and takes all partitions.
     *
     * @throws StreamException where the brokers do not answer or a topic is missing
     */
    public EventReader(KafkaAccess kafka, String classificationsTopic, String deadLettersTopic, Start start) {
        kafka.requireTopics(Set.of(classificationsTopic, deadLettersTopic));
        parser = new EventParser(deadLettersTopic);
        consumer = kafka.consumer();
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : List.of(classificationsTopic, deadLettersTopic)) {
                consumer.partitionsFor(topic)
                        .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
            }
            consumer.assign(partitions);
            if (start == Start.BEGINNING) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            // Seeking is lazy: asking for the position pins the end to this moment.
            partitions.forEach(consumer::position);
        } catch (KafkaException e) {
            consumer.close();
            throw new StreamException("the topics cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Waits for events.
     *
     * @return those that came, perhaps none
     * @throws StreamException where Kafka fails for good
     */
    public List<StreamEvent> poll(Duration timeout) {
        List<StreamEvent> events = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
                events.add(parser.parse(record));
            }
        } catch (WakeupException e) {
            return events; // stop() was called; the caller looks
        } catch (KafkaException e) {
            throw new StreamException("reading stopped: " + e.getMessage(), e);
        }
        return events;
    }

    /** True where everything committed until now was read. */
    public boolean isAtEnd() {
        Set<TopicPartition> partitions = consumer.assignment();
        return consumer.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** What is read, for people: {@code classifications (4 partitions)}. */
    public String description() {
        return consumer.assignment().stream()
                .collect(Collectors.groupingBy(TopicPartition::topic, java.util.TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue()
                        + (entry.getValue() == 1 ? " partition)" : " partitions)"))
                .collect(Collectors.joining(" and "));
    }

    /** Ends a {@link #poll} that waits; safe from any thread. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
