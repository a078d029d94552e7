package io.alexstream.job.testing;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelUpdate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes model updates to one topic. Confined to one thread, which closes it. */
public final class UpdateWriter implements AutoCloseable {

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    public UpdateWriter(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Returns the update's offset, when the broker has it. */
    public long publish(ModelRef model) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return publish(
                model.name(),
                Json.toBytes(new ModelUpdate(model.name(), model.version(), model.uri(), model.sha256(), now)));
    }

    /** Any record. */
    public long publish(String key, byte @Nullable [] value) throws Exception {
        return producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                .get()
                .offset();
    }

    @Override
    public void close() {
        producer.close();
    }
}
