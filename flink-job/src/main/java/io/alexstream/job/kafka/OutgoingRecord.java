package io.alexstream.job.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record ready for the producer. It is complete before it reaches a sink, because a sink can only fail on a record
 * that does not fit, and the job may not fail on a record. Immutable by agreement.
 *
 * @param timestamp in milliseconds since 1970; one that the broker takes
 */
@SuppressWarnings("ArrayRecordComponent") // Raw bytes, compared by content below.
public record OutgoingRecord(
        byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers, long timestamp) {

    /** Kafka's record format v2: 61 bytes of batch header and at most 21 of record header. */
    private static final int BATCH_AND_RECORD_OVERHEAD = 61 + 21;

    /** Longest variable-length integer; one stands before each key, value and count. */
    private static final int VARINT = 5;

    // Written out: javac 17 does not keep the parameters' @Nullable of a compact constructor for other modules to see.
    public OutgoingRecord(byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers, long timestamp) {
        this.key = key;
        this.value = value;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.timestamp = timestamp;
    }

    /** At least as many bytes as this record takes in a batch of its own, uncompressed. */
    public long sizeUpperBound() {
        long size = BATCH_AND_RECORD_OVERHEAD + 3L * VARINT + length(key) + length(value);
        for (RecordHeader header : headers) {
            size += 2L * VARINT + header.key().getBytes(StandardCharsets.UTF_8).length + length(header.value());
        }
        return size;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OutgoingRecord record
                && timestamp == record.timestamp
                && Arrays.equals(key, record.key)
                && Arrays.equals(value, record.value)
                && headers.equals(record.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timestamp, Arrays.hashCode(key), Arrays.hashCode(value), headers);
    }

    @Override
    public String toString() {
        return "OutgoingRecord[" + length(key) + " bytes key, " + length(value) + " bytes value, " + headers + "]";
    }
}
