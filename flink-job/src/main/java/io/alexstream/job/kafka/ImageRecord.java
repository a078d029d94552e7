package io.alexstream.job.kafka;

import io.alexstream.contract.SourcePosition;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record of the images topic as Kafka gave it: bytes, not yet parsed, so that a dead letter can carry the input
 * untouched and Flink's state holds each record once. Immutable by agreement: nobody writes into the arrays, which is why
 * the job may reuse objects between chained operators.
 *
 * @param headers in their order, with duplicates
 * @param timestamp Kafka's, in milliseconds since 1970; negative where Kafka has none
 */
@SuppressWarnings("ArrayRecordComponent") // Raw bytes, compared by content below.
public record ImageRecord(
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RecordHeader> headers,
        String topic,
        int partition,
        long offset,
        long timestamp) {

    // Written out: javac 17 does not keep the parameters' @Nullable of a compact constructor for other modules to see.
    public ImageRecord(
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<RecordHeader> headers,
            String topic,
            int partition,
            long offset,
            long timestamp) {
        this.key = key;
        this.value = value;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.topic = Objects.requireNonNull(topic, "topic");
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
    }

    /** Where it lies; unique within the cluster. */
    public SourcePosition position() {
        return new SourcePosition(topic, partition, offset);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageRecord record
                && partition == record.partition
                && offset == record.offset
                && timestamp == record.timestamp
                && topic.equals(record.topic)
                && Arrays.equals(key, record.key)
                && Arrays.equals(value, record.value)
                && headers.equals(record.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, offset);
    }

    @Override
    public String toString() {
        return position().asId();
    }
}
