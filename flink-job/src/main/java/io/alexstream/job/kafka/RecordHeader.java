package io.alexstream.job.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One header of a Kafka record, of a type that Flink serialises without Kryo. Immutable by agreement: nobody writes into
 * {@code value}.
 */
@SuppressWarnings("ArrayRecordComponent") // Raw bytes, compared by content below.
public record RecordHeader(String key, byte @Nullable [] value) {

    // Written out: javac 17 does not keep the parameters' @Nullable of a compact constructor for other modules to see.
    public RecordHeader(String key, byte @Nullable [] value) {
        this.key = Objects.requireNonNull(key, "key");
        this.value = value;
    }

    /** A header whose value is text, as UTF-8. */
    public static RecordHeader of(String key, String value) {
        return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The value as text; null where there is none. */
    public @Nullable String text() {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordHeader header && key.equals(header.key) && Arrays.equals(value, header.value);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return key + "=" + text();
    }
}
