package io.alexstream.job.kafka;

import java.io.Serial;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Hands a finished record to the producer. The partition is the producer's choice: by key, as on the images topic. */
public final class OutgoingRecordSerializer implements KafkaRecordSerializationSchema<OutgoingRecord> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String topic;

    public OutgoingRecordSerializer(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            OutgoingRecord record, KafkaSinkContext context, @Nullable Long timestamp) {
        List<Header> headers = record.headers().stream()
                .<Header>map(header ->
                        new org.apache.kafka.common.header.internals.RecordHeader(header.key(), header.value()))
                .toList();
        return new ProducerRecord<>(
                topic, null, record.timestamp(), record.key(), record.value(), new RecordHeaders(headers));
    }
}
