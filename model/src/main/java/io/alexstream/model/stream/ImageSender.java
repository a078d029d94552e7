package io.alexstream.model.stream;

import io.alexstream.contract.ImageLabel;
import io.alexstream.contract.ImageReference;
import io.alexstream.contract.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Publishes references and labels. Its methods are confined to one thread; acknowledgements are counted on the producer's.
 * Owns the producer.
 */
public final class ImageSender implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    public ImageSender(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Publishes a reference to the picture; its id and key are the picture's name. */
    public void sendReference(String topic, String name, String uri, Instant timestamp) {
        send(topic, name, Json.toBytes(new ImageReference(name, uri, timestamp, Map.of())));
    }

    /** Publishes what the picture is. */
    public void sendLabel(String topic, String name, String uri, String label) {
        send(topic, name, Json.toBytes(new ImageLabel(name, uri, label)));
    }

    private void send(String topic, String key, byte[] value) {
        requireNoFailure();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
        try {
            producer.send(record, (metadata, e) -> {
                if (e == null) {
                    acknowledged.incrementAndGet();
                } else {
                    failure.compareAndSet(null, e);
                }
            });
        } catch (InterruptException e) {
            throw new StreamException("interrupted while sending", e);
        } catch (KafkaException e) {
            throw new StreamException("Kafka took no record for topic " + topic + ": " + e.getMessage(), e);
        }
    }

    /** How many records the brokers have acknowledged. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /**
     * Waits until all is acknowledged.
     *
     * @throws StreamException where a record was not
     */
    public void flush() {
        producer.flush();
        requireNoFailure();
    }

    private void requireNoFailure() {
        Exception e = failure.get();
        if (e != null) {
            throw new StreamException(
                    "Kafka did not take a record (" + acknowledged + " were taken before): " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
