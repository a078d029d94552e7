package io.alexstream.model.stream;

import io.alexstream.contract.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters back to the topic that they came from, as they were: key, value, timestamp and the producer's own headers.
 * Confined to one thread; acknowledgements come on the producer's. The caller closes the producer.
 */
public final class DeadLetterReplay {

    private static final String REASON = "alexstream.reason";
    private static final String OMITTED = "alexstream.value-omitted";
    /** Kafka Connect's published names of dead-letter headers begin so, ours with the other. */
    private static final String CONNECT = "__connect.errors.";

    private static final String OURS = "alexstream.";

    private final Producer<byte[], byte[]> producer;
    private final Set<String> allowedTopics;
    private final @Nullable DeadLetterReason only;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Map<String, Long> replayed = new TreeMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();

    /**
     * @param allowedTopics where a dead letter may go back to; a forged header names no other
     * @param only replay those of this reason, or null for all
     */
    public DeadLetterReplay(
            Producer<byte[], byte[]> producer, Set<String> allowedTopics, @Nullable DeadLetterReason only) {
        this.producer = producer;
        this.allowedTopics = Set.copyOf(allowedTopics);
        this.only = only;
    }

    /** Sends one dead letter back, or counts why not. */
    public void replay(ConsumerRecord<byte[], byte[]> letter) {
        String reason = header(letter, REASON);
        if (only != null && !only.name().equals(reason)) {
            return;
        }
        String topic = header(letter, CONNECT + "topic");
        if (reason == null || topic == null) {
            leftOut.merge("not a dead letter of a job", 1L, Long::sum);
        } else if (letter.headers().lastHeader(OMITTED) != null) {
            leftOut.merge("its value was too long to be kept", 1L, Long::sum);
        } else if (!allowedTopics.contains(topic)) {
            leftOut.merge("came from topic " + topic + ", which --topic does not name", 1L, Long::sum);
        } else {
            send(letter, topic);
            replayed.merge(topic, 1L, Long::sum);
        }
    }

    private void send(ConsumerRecord<byte[], byte[]> letter, String topic) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, letter.timestamp(), letter.key(), letter.value());
        for (Header header : letter.headers()) {
            if (!header.key().startsWith(CONNECT) && !header.key().startsWith(OURS)) {
                record.headers().add(header);
            }
        }
        requireNoFailure();
        try {
            producer.send(record, (metadata, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, e);
                }
            });
        } catch (KafkaException e) {
            throw new StreamException("Kafka took no record for topic " + topic + ": " + e.getMessage(), e);
        }
    }

    /** Waits until all is acknowledged. */
    public void flush() {
        producer.flush();
        requireNoFailure();
    }

    private void requireNoFailure() {
        Exception e = failure.get();
        if (e != null) {
            throw new StreamException("Kafka did not take a record back: " + e.getMessage(), e);
        }
    }

    /** How many went to which topic. */
    public Map<String, Long> replayed() {
        return new TreeMap<>(replayed);
    }

    /** How many stayed, by reason in words. */
    public Map<String, Long> leftOut() {
        return new TreeMap<>(leftOut);
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
