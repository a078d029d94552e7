package io.alexstream.model.rollout;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelStatus;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Tells the topic of statuses what a trainer refused to publish. Jobs and those who wait for jobs pass over such records, since they
 * name no subtask. Immutable; safe for concurrent use.
 */
public final class TrainerStatus {

    /** In place of a job's name. */
    public static final String JOB = "model retrain";

    /** The producer gives up after 30 s by itself. */
    private static final long SEND_SECONDS = 40;

    private final KafkaAccess kafka;
    private final String topic;
    private final InstantSource clock;

    public TrainerStatus(KafkaAccess kafka, String topic, InstantSource clock) {
        this.kafka = kafka;
        this.topic = topic;
        this.clock = clock;
    }

    /**
     * Reports a refusal; when this returns it is on all in-sync replicas.
     *
     * @param version that it would have become
     * @throws StreamException where Kafka did not take it
     */
    public void rejected(String name, int version, String reason) {
        ModelStatus status = new ModelStatus(
                JOB,
                null,
                null,
                name,
                version,
                ModelStatus.State.REJECTED,
                null,
                null,
                null,
                null,
                null,
                null,
                reason,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, name.getBytes(StandardCharsets.UTF_8), Json.toBytes(status));
        try (Producer<byte[], byte[]> producer = kafka.producer()) {
            producer.send(record).get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamException("interrupted while reporting to topic " + topic, e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new StreamException("Kafka took no status for topic " + topic + ": " + cause.getMessage(), e);
        }
    }
}
