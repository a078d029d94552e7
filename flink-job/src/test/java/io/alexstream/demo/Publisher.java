package io.alexstream.demo;

import io.alexstream.contract.SourcePosition;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes the inputs to a topic and each acknowledged one into the ledger. Confined to one thread; owns nothing. */
final class Publisher {

    private final Producer<byte[], byte[]> producer;
    private final Ledger ledger;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Publisher(Producer<byte[], byte[]> producer, Ledger ledger) {
        this.producer = producer;
        this.ledger = ledger;
    }

    /** Returns when all is acknowledged. */
    void publish(String topic, List<DemoInput> inputs) {
        for (DemoInput input : inputs) {
            // What becomes of it the callback hears; the future would say the same.
            var unused = producer.send(
                    new ProducerRecord<>(topic, input.key(), input.value()),
                    (metadata, e) -> acknowledged(topic, metadata, e, input));
        }
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
