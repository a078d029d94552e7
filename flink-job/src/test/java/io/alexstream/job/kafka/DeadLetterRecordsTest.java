package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import io.alexstream.flink.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class DeadLetterRecordsTest {

    private static final List<RecordHeader> OWN = List.of(
            RecordHeader.of("__connect.errors.topic", "images"),
            RecordHeader.of("__connect.errors.partition", "3"),
            RecordHeader.of("__connect.errors.offset", "4711"),
            RecordHeader.of("__connect.errors.stage", "DECODE"),
            RecordHeader.of("__connect.errors.exception.class.name", "javax.imageio.IIOException"),
            RecordHeader.of("__connect.errors.exception.message", "it ends early"),
            RecordHeader.of("alexstream.reason", "CORRUPT_IMAGE"));

    private final DeadLetterRecords records = new DeadLetterRecords(TopicLimits.ofDefaults());

    @Test
    void keepsTheInputsBytesAndSaysWhatWentWrong() {
        ImageRecord input = Samples.record("k", "{\"uri\":\"a.jpg\"}", RecordHeader.of("traceparent", "00-aa"));

        OutgoingRecord record = records.record(Samples.letter(input, "it ends early"), Samples.NOW);

        assertThat(record.key()).isEqualTo(input.key());
        assertThat(record.value()).isEqualTo(input.value());
        assertThat(record.timestamp()).isEqualTo(input.timestamp());
        assertThat(record.headers())
                .startsWith(RecordHeader.of("traceparent", "00-aa"))
                .endsWith(OWN.toArray(RecordHeader[]::new))
                .hasSize(8);
    }

    @Test
    void replacesWhatAnEarlierFailureSaid() {
        ImageRecord input = Samples.record(
                null,
                null,
                RecordHeader.of("__connect.errors.topic", "elsewhere"),
                RecordHeader.of("__connect.errors.connector.name", "theirs"),
                RecordHeader.of("alexstream.reason", "FETCH_FAILED"),
                RecordHeader.of("alexstream.value-omitted", "12"),
                RecordHeader.of("alexstream.tag", "stays"),
                RecordHeader.of("ce_id", "stays"));

        OutgoingRecord record = records.record(Samples.letter(input, "it ends early"), Samples.NOW);

        assertThat(record.headers().subList(0, 2))
                .containsExactly(RecordHeader.of("alexstream.tag", "stays"), RecordHeader.of("ce_id", "stays"));
        assertThat(record.headers().subList(2, record.headers().size())).isEqualTo(OWN);
    }

    @Test
    void leavesOutAValueThatDoesNotFit() {
        ImageRecord input = Samples.record("k", "x".repeat(1_048_588), RecordHeader.of("h", "v"));

        OutgoingRecord record = records.record(Samples.letter(input, "it ends early"), Samples.NOW);

        assertThat(record.value()).isNull();
        assertThat(record.key()).isEqualTo(input.key());
        assertThat(record.headers())
                .contains(RecordHeader.of("h", "v"), RecordHeader.of("alexstream.value-omitted", "1048588"));
        assertThat(TopicLimits.ofDefaults().fits(record)).isTrue();
    }

    @Test
    void leavesOutAKeyThatDoesNotFitEither() {
        ImageRecord input = Samples.record("k".repeat(1_048_588), "{}", RecordHeader.of("h", "v"));

        OutgoingRecord record = records.record(Samples.letter(input, "it ends early"), Samples.NOW);

        assertThat(record.value()).isNull();
        assertThat(record.key()).isNull();
        assertThat(record.headers())
                .contains(
                        RecordHeader.of("h", "v"),
                        RecordHeader.of("alexstream.value-omitted", "2"),
                        RecordHeader.of("alexstream.key-omitted", "1048588"));
        assertThat(TopicLimits.ofDefaults().fits(record)).isTrue();
    }

    @Test
    void leavesOutHeadersThatDoNotFitEither() {
        ImageRecord input = Samples.record("k", "{}", RecordHeader.of("h", "v".repeat(1_048_588)));

        OutgoingRecord record = records.record(Samples.letter(input, "it ends early"), Samples.NOW);

        assertThat(record.headers().subList(0, 7)).isEqualTo(OWN);
        assertThat(record.headers())
                .contains(RecordHeader.of("alexstream.headers-omitted", "1"))
                .hasSize(10);
    }

    @Test
    void alwaysFitsTheSmallestTopicThatIsAllowed() {
        TopicLimits smallest = TopicLimits.ofDefaults().atMost(BrokerAnswers.MIN_MESSAGE_BYTES);
        String huge = "ü€😀".repeat(100_000);
        ImageRecord input = new ImageRecord(
                huge.getBytes(StandardCharsets.UTF_8),
                huge.getBytes(StandardCharsets.UTF_8),
                List.of(RecordHeader.of(huge, huge)),
                "t".repeat(249),
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                0);
        DeadLetter<ImageRecord> letter =
                new DeadLetter<>(input, DeadLetterReason.MALFORMED_REFERENCE, Stage.PARSE, huge, huge);

        OutgoingRecord record = new DeadLetterRecords(smallest).record(letter, Samples.NOW);

        assertThat(smallest.fits(record)).isTrue();
    }

    @Test
    void cutsAMessageBetweenCharacters() {
        OutgoingRecord record =
                records.record(Samples.letter(Samples.record("k", "{}"), "😀".repeat(5000)), Samples.NOW);

        String message = record.headers().stream()
                .filter(header -> header.key().equals("__connect.errors.exception.message"))
                .map(header -> Objects.requireNonNull(header.text()))
                .findFirst()
                .orElseThrow();
        assertThat(message).isEqualTo("😀".repeat(255) + "...");
    }

    @Test
    void replacesATimestampThatTheBrokerWouldRefuse() {
        ImageRecord input = new ImageRecord(null, null, List.of(), "images", 0, 0, Long.MAX_VALUE);

        assertThat(records.record(Samples.letter(input, "m"), Samples.NOW).timestamp())
                .isEqualTo(Samples.NOW);
    }
}
