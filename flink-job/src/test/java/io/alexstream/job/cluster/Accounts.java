package io.alexstream.job.cluster;

import io.alexstream.contract.SourcePosition;
import io.alexstream.model.stream.EventParser;
import io.alexstream.model.stream.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What went in, by the offsets of the images topic, and what came out committed, by the source that it names. Confined to one
 * thread, which closes it.
 */
final class Accounts implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    /** Of its own, since the other one wants to hear only of what it reads. */
    private final KafkaConsumer<byte[], byte[]> ends;

    private final EventParser parser;
    private final List<TopicPartition> images;
    private final List<TopicPartition> results;
    private final Map<SourcePosition, StreamEvent> answers = new HashMap<>();
    private final List<String> duplicates = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    Accounts(String bootstrapServers, String images, String classifications, String deadLetters) {
        consumer = consumer(bootstrapServers, "read_committed");
        ends = consumer(bootstrapServers, "read_uncommitted");
        parser = new EventParser(deadLetters);
        this.images = partitions(images);
        results = new ArrayList<>(partitions(classifications));
        results.addAll(partitions(deadLetters));
        List<TopicPartition> all = new ArrayList<>(this.images);
        all.addAll(results);
        ends.assign(all);
        consumer.assign(results);
        consumer.seekToBeginning(results);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, String isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        isolation,
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new AssertionError("the broker does not know topic " + topic + ": nothing would be accounted for");
        }
        return partitions;
    }

    /** How far the images topic reaches now: each offset before it is one image, since no transaction writes there. */
    Map<TopicPartition, Long> inputs() {
        return new HashMap<>(ends.endOffsets(images));
    }

    /** Reads what has come and returns whether every image before these offsets has its answer. */
    boolean areAnswered(Map<TopicPartition, Long> inputs) {
        poll();
        return missing(inputs).isEmpty();
    }

    /** Reads everything that is committed now. */
    void readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(results);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            StreamEvent event = parser.parse(record);
            SourcePosition source = event.source();
            if (source == null) {
                unreadable.add(event.toString());
            } else if (answers.putIfAbsent(source, event) != null) {
                duplicates.add(source.asId());
            }
        }
    }

    /** Images before these offsets that have no answer, at most ten of them. */
    List<SourcePosition> missing(Map<TopicPartition, Long> inputs) {
        List<SourcePosition> missing = new ArrayList<>();
        inputs.forEach((partition, end) -> {
            for (long offset = 0; offset < end && missing.size() < 10; offset++) {
                SourcePosition image = new SourcePosition(partition.topic(), partition.partition(), offset);
                if (!answers.containsKey(image)) {
                    missing.add(image);
                }
            }
        });
        return missing;
    }

    /** Sources that more than one committed record names, and records that are no answers: none where all is well. */
    List<String> faults() {
        List<String> faults = new ArrayList<>(duplicates);
        faults.addAll(unreadable);
        return faults;
    }

    int duplicates() {
        return duplicates.size();
    }

    /** How many images have an answer. */
    int answered() {
        return answers.size();
    }

    /** The versions that classified the images between these offsets. */
    List<Integer> versions(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        List<Integer> versions = new ArrayList<>();
        to.forEach((partition, end) -> {
            for (long offset = from.get(partition); offset < end; offset++) {
                SourcePosition image = new SourcePosition(partition.topic(), partition.partition(), offset);
                if (answers.get(image) instanceof StreamEvent.Classified event) {
                    versions.add(event.modelVersion());
                }
            }
        });
        return versions.stream().distinct().sorted().toList();
    }

    /** How many dead letters there are, by reason. */
    Map<String, Integer> deadLetters() {
        Map<String, Integer> reasons = new TreeMap<>();
        for (StreamEvent event : answers.values()) {
            if (event instanceof StreamEvent.DeadLettered letter) {
                reasons.merge(letter.reason(), 1, Integer::sum);
            }
        }
        return reasons;
    }

    /** The records' keys of those dead letters that have this reason. */
    List<String> keys(String reason) {
        List<String> keys = new ArrayList<>();
        for (StreamEvent event : answers.values()) {
            byte[] key = event.raw().key();
            if (event instanceof StreamEvent.DeadLettered letter
                    && letter.reason().equals(reason)
                    && key != null) {
                keys.add(new String(key, StandardCharsets.UTF_8));
            }
        }
        return keys;
    }

    /**
     * Partitions of the results in which a transaction is still open: what it holds would be counted neither now nor, should
     * it be committed later, then.
     */
    List<TopicPartition> openTransactions() {
        Map<TopicPartition, Long> written = ends.endOffsets(results);
        Map<TopicPartition, Long> committed = consumer.endOffsets(results);
        return results.stream()
                .filter(partition -> !written.get(partition).equals(committed.get(partition)))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
        ends.close();
    }
}
