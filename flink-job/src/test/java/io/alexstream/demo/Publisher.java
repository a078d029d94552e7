package io.alexstream.demo;

import io.alexstream.contract.SourcePosition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes the inputs to a topic and each acknowledged one into the ledger. Confined to one thread; owns nothing. */
final class Publisher {

    /** Three full batches: the next one never waits for its frames. */
    private static final int AHEAD = 96;

    private static final Duration LOOK = Duration.ofMillis(10);

    private final Producer<byte[], byte[]> producer;
    private final Ledger ledger;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Publisher(Producer<byte[], byte[]> producer, Ledger ledger) {
        this.producer = producer;
        this.ledger = ledger;
    }

    /** Returns when all is acknowledged. */
    void publish(String topic, List<DemoInput> inputs) {
        inputs.forEach(input -> send(topic, input));
        flush();
    }

    /**
     * Publishes the inputs again, round and round, as fast as they are answered, until {@code enough}, and then {@code more}.
     * Returns when all is acknowledged.
     *
     * @param answered how many answers there are to all that was ever published
     */
    void publishUntil(BooleanSupplier enough, int more, String topic, List<DemoInput> inputs, LongSupplier answered) {
        int next = 0;
        while (!enough.getAsBoolean()) {
            if (ledger.publishedCount() - answered.getAsLong() < AHEAD) {
                send(topic, inputs.get(next++ % inputs.size()));
                flush();
            } else {
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
        for (int end = next + more; next < end; next++) {
            send(topic, inputs.get(next % inputs.size()));
        }
        flush();
    }

    private void send(String topic, DemoInput input) {
        // What becomes of it the callback hears; the future would say the same.
        var unused = producer.send(
                new ProducerRecord<>(topic, input.key(), input.value()),
                (metadata, e) -> acknowledged(topic, metadata, e, input));
    }

    private void flush() {
        producer.flush();
        Exception e = failure.get();
        if (e != null) {
            throw new DemoException("Kafka did not take a reference: " + e.getMessage(), e);
        }
    }

    private void acknowledged(String topic, RecordMetadata metadata, @Nullable Exception e, DemoInput input) {
        if (e == null) {
            ledger.published(new SourcePosition(topic, metadata.partition(), metadata.offset()), input);
        } else {
            failure.compareAndSet(null, e);
        }
    }
}
