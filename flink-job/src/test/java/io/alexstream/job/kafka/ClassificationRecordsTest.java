package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alexstream.contract.ImageReference;
import io.alexstream.flink.Classified;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassificationRecordsTest {

    private final ClassificationRecords records = new ClassificationRecords("my job/7", TopicLimits.ofDefaults());

    @Test
    void writesTheEventOfTheContract() {
        OutgoingRecord record = records.record(Samples.classified(Samples.record("k", "{}")), Samples.NOW);

        assertThat(new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"cam7-000123\",\"uri\":\"file:///data/a.jpg\","
                        + "\"timestamp\":\"2026-11-23T10:15:30.123Z\",\"attributes\":{\"camera\":\"7\"},"
                        + "\"model\":{\"name\":\"alexnet\",\"version\":7,\"sha256\":\"" + "ab".repeat(32) + "\"},"
                        + "\"predictions\":[{\"label\":\"tench\",\"index\":0,\"probability\":0.75}],"
                        + "\"classifiedAt\":\"2026-11-23T10:15:30.181Z\","
                        + "\"source\":{\"topic\":\"images\",\"partition\":3,\"offset\":4711}}");
        assertThat(record.key()).isEqualTo(new byte[] {'k'});
        assertThat(record.timestamp()).isEqualTo(Samples.KAFKA_TIME.toEpochMilli());
        assertThat(records.fits(record)).isTrue();
    }

    @Test
    void passesHeadersThroughAndReplacesThoseOfTheEvent() {
        ImageRecord input = Samples.record(
                "k",
                "{}",
                RecordHeader.of("traceparent", "00-aa"),
                RecordHeader.of("ce_id", "theirs"),
                RecordHeader.of("ce_subject", "theirs"),
                RecordHeader.of("Content-Type", "text/plain"),
                RecordHeader.of("twice", "1"),
                new RecordHeader("twice", null));

        assertThat(records.record(Samples.classified(input), Samples.NOW).headers())
                .containsExactly(
                        RecordHeader.of("traceparent", "00-aa"),
                        RecordHeader.of("twice", "1"),
                        new RecordHeader("twice", null),
                        RecordHeader.of("ce_specversion", "1.0"),
                        RecordHeader.of("ce_id", "images-3-4711"),
                        RecordHeader.of("ce_source", "/alexstream/my%20job%2F7"),
                        RecordHeader.of("ce_type", "io.alexstream.classification.v1"),
                        RecordHeader.of("ce_time", "2026-11-23T10:15:30.181Z"),
                        RecordHeader.of("content-type", "application/json"));
    }

    @Test
    void carriesTheKafkaTimestampAndNeverTheReferences() {
        ImageReference reference = new ImageReference("i", "u", Instant.parse("9999-12-31T23:59:59Z"), Map.of());

        OutgoingRecord record = records.record(Samples.classified(Samples.record(null, "{}"), reference), Samples.NOW);

        assertThat(record.timestamp()).isEqualTo(Samples.KAFKA_TIME.toEpochMilli());
        assertThat(new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8))
                .contains("\"timestamp\":\"9999-12-31T23:59:59Z\"");
    }

    /** Half a surrogate pair, control characters, an emoji: each is legal in a JSON text that somebody may send. */
    @ParameterizedTest
    @ValueSource(strings = {"a\ud800", "\udc00b", "\u0000\u001f\u2028", "\ud83d\ude00", "\uffff\""})
    void writesAnyTextThatAReferenceMayHold(String text) throws IOException {
        ImageReference reference = new ImageReference(text, text, Samples.KAFKA_TIME, Map.of("a", text));
        Classified<ImageRecord> classified = Samples.classified(Samples.record("k", "{}"), reference);

        byte[] event =
                Objects.requireNonNull(records.record(classified, Samples.NOW).value());

        JsonNode read = new ObjectMapper().readTree(event);
        assertThat(read.at("/attributes/a").textValue()).isEqualTo(text);
        assertThat(read.at("/source/offset").longValue()).isEqualTo(4711);
    }

    @Test
    void seesThatAnEventIsTooLarge() {
        ImageReference reference = new ImageReference("i", "u", Samples.KAFKA_TIME, Map.of("a", "x".repeat(1_048_500)));

        assertThat(records.fits(records.record(Samples.classified(Samples.record("k", "{}"), reference), Samples.NOW)))
                .isFalse();
    }
}
