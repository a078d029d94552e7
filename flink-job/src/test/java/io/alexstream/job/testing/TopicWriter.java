package io.alexstream.job.testing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes to one topic. Safe for concurrent use, as Kafka's producer is. */
public final class TopicWriter implements AutoCloseable {

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    public TopicWriter(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 32 << 20, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends text under a key, at the present time. */
    public void send(String key, String value) {
        send(new ProducerRecord<>(topic, bytes(key), bytes(value)));
    }

    /** Sends bytes with a timestamp of the caller's choice, or without value. */
    public void send(String key, byte @Nullable [] value, long timestamp) {
        send(new ProducerRecord<>(topic, null, timestamp, bytes(key), value));
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record);
    }

    /** Returns when all that was sent is acknowledged. */
    public void flush() throws ExecutionException, InterruptedException {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
