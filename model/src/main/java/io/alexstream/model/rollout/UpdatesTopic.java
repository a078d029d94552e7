package io.alexstream.model.rollout;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamException;
import io.alexstream.model.stream.TopicRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The compacted topic of updates: what it holds, and one more. Confined to one thread. */
public final class UpdatesTopic implements AutoCloseable {

    /** The producer gives up after 30 s by itself. */
    private static final long SEND_SECONDS = 40;

    private final KafkaAccess kafka;
    private final String topic;
    private final TopicRecords records;
    private final List<PublishedUpdate> read = new ArrayList<>();

    /** @throws StreamException where it cannot be read; {@link TopicPreparation} has looked at it before */
    public UpdatesTopic(KafkaAccess kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
        records = new TopicRecords(kafka, topic);
    }

    /** All updates of a model that the topic still holds, oldest first. */
    public List<PublishedUpdate> history(String name) {
        return history().stream()
                .filter(published ->
                        published.update() != null && published.update().name().equals(name))
                .toList();
    }

    /** All updates that the topic still holds, oldest first. */
    public List<PublishedUpdate> history() {
        records.readToEnd().forEach(this::add);
        return List.copyOf(read);
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return; // a running job passes over it too, and goes on serving the update before
        }
        try {
            read.add(
                    new PublishedUpdate(record.partition(), record.offset(), Json.fromBytes(value, ModelUpdate.class)));
        } catch (IOException e) {
            // No job follows what is no update.
        }
    }

    /** What a job of this model serves or is about to, or null where there is no update. */
    public @Nullable PublishedUpdate newest(String name) {
        List<PublishedUpdate> history = history(name);
        return history.isEmpty() ? null : history.get(history.size() - 1);
    }

    /**
     * Sends an update; when this returns it is on all in-sync replicas.
     *
     * @throws StreamException where Kafka did not take it
     */
    public PublishedUpdate send(ModelUpdate update) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, update.name().getBytes(StandardCharsets.UTF_8), Json.toBytes(update));
        try (Producer<byte[], byte[]> producer = kafka.producer()) {
            RecordMetadata place = producer.send(record).get(SEND_SECONDS, TimeUnit.SECONDS);
            return new PublishedUpdate(place.partition(), place.offset(), update);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamException("interrupted while sending the update", e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new StreamException("Kafka took no update for topic " + topic + ": " + cause.getMessage(), e);
        }
    }

    @Override
    public void close() {
        records.close();
    }
}
