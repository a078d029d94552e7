package io.alexstream.model.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.Classification;
import io.alexstream.contract.Json;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.Prediction;
import io.alexstream.contract.SourcePosition;
import io.alexstream.model.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventParserTest {

    private static final Instant AT = Instant.parse("2026-11-23T10:15:30.181Z");

    private final EventParser parser = new EventParser("dead-letters");
    private final EventLines lines = new EventLines(
            new Terminal(new PrintStream(new ByteArrayOutputStream()), true, false, true, 100), ZoneOffset.UTC);

    @Test
    void readsWhatTheJobWrites() {
        StreamEvent event = parser.parse(record("classifications", classification("cam7-000123"), Map.of()));

        assertThat(event).isInstanceOf(StreamEvent.Classified.class);
        StreamEvent.Classified classified = (StreamEvent.Classified) event;
        assertThat(classified.id()).isEqualTo("cam7-000123");
        assertThat(classified.model()).isEqualTo("alexnet:7");
        assertThat(classified.top()).isEqualTo(new Prediction("tench", 0, 0.93f));
        assertThat(classified.source()).isEqualTo(new SourcePosition("images", 3, 4711));
        assertThat(lines.line(event))
                .isEqualTo("10:15:30  cam7-000123                   tench                           93.0 %  alexnet:7");
    }

    @Test
    void readsWhyARecordBecameADeadLetter() {
        byte[] value = "{\"id\":\"x\",\"uri\":\"data:image/png;base64,AAAA\"}".getBytes(StandardCharsets.UTF_8);
        StreamEvent event = parser.parse(record("dead-letters", value, deadLetterHeaders("CORRUPT_IMAGE")));

        assertThat(event).isInstanceOf(StreamEvent.DeadLettered.class);
        StreamEvent.DeadLettered dead = (StreamEvent.DeadLettered) event;
        assertThat(dead.id()).isEqualTo("x");
        assertThat(dead.uri()).isEqualTo("data:image/png");
        assertThat(dead.reason()).isEqualTo("CORRUPT_IMAGE");
        assertThat(dead.stage()).isEqualTo("DECODE");
        assertThat(dead.source()).isEqualTo(new SourcePosition("images", 1, 12));
        assertThat(lines.line(event))
                .isEqualTo("10:15:30  x                             CORRUPT_IMAGE        the file ends early");
        assertThat(new String(EventJson.line(event), StandardCharsets.UTF_8))
                .startsWith("{\"reason\":\"CORRUPT_IMAGE\",\"stage\":\"DECODE\"")
                .contains("\"source\":{\"topic\":\"images\",\"partition\":1,\"offset\":12}")
                .contains("\"input\":{\"key\":\"k\",\"value\":\"{\\\"id\\\":\\\"x\\\"");
    }

    @Test
    void namesADeadLetterWithoutIdByItsSource() {
        StreamEvent event = parser.parse(
                record("dead-letters", new byte[] {(byte) 0xFF}, deadLetterHeaders("MALFORMED_REFERENCE")));

        assertThat(event.id()).isEqualTo("images-1-12");
        assertThat(new String(EventJson.line(event), StandardCharsets.UTF_8)).contains("\"valueBase64\":\"/w==\"");
    }

    @Test
    void survivesRecordsThatAreNoEvents() {
        for (String value : List.of("", "no JSON", "[]", "{}", "{\"predictions\":[]}", "{\"predictions\":7}")) {
            StreamEvent event = parser.parse(
                    record("classifications", value.getBytes(StandardCharsets.UTF_8), Map.of("other", "x")));

            assertThat(event).isInstanceOf(StreamEvent.Unreadable.class);
            assertThat(lines.line(event)).contains("UNREADABLE").doesNotContain("\n");
        }
        assertThat(parser.parse(record("classifications", null, Map.of()))).isInstanceOf(StreamEvent.Unreadable.class);
        assertThat(parser.parse(record("dead-letters", null, Map.of()))).isInstanceOf(StreamEvent.Unreadable.class);
    }

    @Test
    void keepsEveryLineWithinAHundredColumns() {
        byte[] value = classification("x\033[2J/" + "very-long-name".repeat(20));

        String line = lines.line(parser.parse(record("classifications", value, Map.of())));

        assertThat(line.length()).isLessThanOrEqualTo(100);
        assertThat(line).doesNotContain("\033");
    }

    @Test
    void keepsLinesWithinANarrowTerminal() {
        EventLines narrow = new EventLines(
                new Terminal(new PrintStream(new ByteArrayOutputStream()), true, false, true, 79), ZoneOffset.UTC);
        StreamEvent classified = parser.parse(record("classifications", classification("y".repeat(50)), Map.of()));
        StreamEvent dead = parser.parse(record("dead-letters", new byte[0], deadLetterHeaders("MALFORMED_REFERENCE")));

        assertThat(narrow.line(classified).length()).isLessThanOrEqualTo(79);
        assertThat(narrow.line(dead).length()).isLessThanOrEqualTo(79);
        assertThat(narrow.header().length()).isLessThanOrEqualTo(79);
    }

    @Test
    void keepsAnEventOnOneLineOfJson() {
        byte[] value = new String(classification("a"), StandardCharsets.UTF_8)
                .replace(",", ",\r\n")
                .getBytes(StandardCharsets.UTF_8);

        byte[] line = EventJson.line(parser.parse(record("classifications", value, Map.of())));

        assertThat(new String(line, StandardCharsets.UTF_8))
                .doesNotContain("\n")
                .contains("\"id\"");
    }

    private static byte[] classification(String id) {
        return Json.toBytes(new Classification(
                id,
                "file:///data/a.jpg",
                AT,
                Map.of("camera", "7"),
                new ModelRef("alexnet", 7, "file:///models/alexnet/7", "ab".repeat(32)),
                List.of(new Prediction("tench", 0, 0.93f), new Prediction("goldfish", 1, 0.02f)),
                AT,
                new SourcePosition("images", 3, 4711)));
    }

    private static Map<String, String> deadLetterHeaders(String reason) {
        return Map.of(
                "alexstream.reason", reason,
                "__connect.errors.topic", "images",
                "__connect.errors.partition", "1",
                "__connect.errors.offset", "12",
                "__connect.errors.stage", "DECODE",
                "__connect.errors.exception.class.name", "io.alexstream.image.ImageException",
                "__connect.errors.exception.message", "the file ends early");
    }

    @SuppressWarnings("NullAway") // Kafka's constructor takes null values
    private static ConsumerRecord<byte[], byte[]> record(
            String topic, byte @Nullable [] value, Map<String, String> headers) {
        RecordHeaders kafkaHeaders = new RecordHeaders();
        headers.forEach((name, text) -> kafkaHeaders.add(name, text.getBytes(StandardCharsets.UTF_8)));
        return new ConsumerRecord<>(
                topic,
                0,
                5,
                AT.toEpochMilli(),
                TimestampType.CREATE_TIME,
                1,
                1,
                "k".getBytes(StandardCharsets.UTF_8),
                value,
                kafkaHeaders,
                Optional.empty());
    }
}
