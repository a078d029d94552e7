package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.contract.ImageReference;
import io.alexstream.contract.MalformedReferenceException;
import io.alexstream.job.kafka.ImageRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecordReferenceTest {

    private final RecordReference references = new RecordReference(512 << 10);

    @Test
    void fillsInIdAndTimestampFromKafka() {
        assertThat(references.reference(record("{\"uri\":\"data:,\"}", 1000)))
                .isEqualTo(new ImageReference("images-3-17", "data:,", Instant.ofEpochMilli(1000), Map.of()));
    }

    @Test
    void leavesTheTimestampOpenWhereKafkaHasNone() {
        assertThat(references.reference(record("{\"uri\":\"data:,\"}", -1)).timestamp())
                .isNull();
    }

    @Test
    void prefersWhatTheProducerSaid() {
        ImageReference reference = references.reference(
                record("{\"id\":\"a\",\"uri\":\"u\",\"timestamp\":\"9999-12-31T23:59:59Z\"}", Long.MAX_VALUE));

        assertThat(reference.id()).isEqualTo("a");
        assertThat(reference.timestamp()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void refusesATombstone() {
        assertThatThrownBy(() -> references.reference(new ImageRecord(null, null, List.of(), "images", 3, 17, 0)))
                .isInstanceOf(MalformedReferenceException.class);
    }

    @Test
    void leavesOutAKafkaTimestampThatNoEventCanCarry() {
        assertThat(references
                        .reference(record("{\"uri\":\"data:,\"}", Long.MAX_VALUE))
                        .timestamp())
                .isNull();
    }

    private static ImageRecord record(String value, long timestamp) {
        return new ImageRecord(null, value.getBytes(StandardCharsets.UTF_8), List.of(), "images", 3, 17, timestamp);
    }
}
