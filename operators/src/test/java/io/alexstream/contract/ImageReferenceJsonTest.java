package io.alexstream.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceJsonTest {

    private static final Instant KAFKA_TIMESTAMP = Instant.parse("2026-11-23T10:00:00Z");

    private static ImageReference parse(String json) {
        return ImageReferenceJson.parse(json.getBytes(StandardCharsets.UTF_8), "images-3-4711", KAFKA_TIMESTAMP);
    }

    @Test
    void readsEveryField() {
        ImageReference reference = parse("{\"id\":\"cam7-000123\",\"uri\":\"file:///data/a.jpg\","
                + "\"timestamp\":\"2026-11-23T10:15:30.123Z\",\"attributes\":{\"camera\":\"7\"}}");

        assertThat(reference)
                .isEqualTo(new ImageReference(
                        "cam7-000123",
                        "file:///data/a.jpg",
                        Instant.parse("2026-11-23T10:15:30.123Z"),
                        Map.of("camera", "7")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"uri\":\"a\"}",
                "{\"uri\":\"a\",\"id\":null,\"timestamp\":null,\"attributes\":null}",
                "\ufeff{\"uri\":\"a\"}",
                " \r\n\t{ \"uri\" : \"a\" } \n"
            })
    void takesTheDefaultsForWhatIsNotThere(String json) {
        assertThat(parse(json)).isEqualTo(new ImageReference("images-3-4711", "a", KAFKA_TIMESTAMP, Map.of()));
    }

    @Test
    void leavesTheTimestampOutWhereThereIsNone() {
        byte[] json = "{\"uri\":\"a\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(ImageReferenceJson.parse(json, "id", null).timestamp()).isNull();
    }

    @Test
    void leavesOutADefaultTimestampThatNoEventCanCarry() {
        byte[] json = "{\"uri\":\"a\"}".getBytes(StandardCharsets.UTF_8);

        ImageReference reference = ImageReferenceJson.parse(json, "id", Instant.ofEpochMilli(Long.MAX_VALUE));

        assertThat(reference.timestamp()).isNull();
    }

    @Test
    void ignoresUnknownFieldsOfEveryKind() {
        String unknown =
                "\"a\":[{\"uri\":\"no\"},[[]]],\"b\":{\"uri\":\"no\",\"attributes\":{}},\"c\":1e999999999,\"d\":null,\"e\":true";

        assertThat(parse("{" + unknown + ",\"uri\":\"a\",\"URI\":\"no\"}").uri())
                .isEqualTo("a");
    }

    @Test
    void takesTheLastOfDuplicateFields() {
        ImageReference reference = parse("{\"uri\":\"a\",\"id\":\"1\",\"uri\":\"b\",\"id\":null,"
                + "\"attributes\":{\"k\":\"1\",\"k\":\"2\"},\"attributes\":{\"l\":\"1\",\"l\":\"2\"}}");

        assertThat(reference).isEqualTo(new ImageReference("images-3-4711", "b", KAFKA_TIMESTAMP, Map.of("l", "2")));
    }

    @Test
    void keepsTextOfEveryLanguage() {
        ImageReference reference = parse("{\"uri\":\"\\ud83e\\udd86\",\"attributes\":{\"日本\":\"🦆 \\u00e4\"}}");

        assertThat(reference.uri()).isEqualTo("🦆");
        assertThat(reference.attributes()).isEqualTo(Map.of("日本", "🦆 ä"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:15:30.123456789+02:00, 2026-11-23T08:15:30.123456789Z",
        "2026-11-23T10:15:30-09:30,           2026-11-23T19:45:30Z",
        "2026-11-23T10:15Z,                   2026-11-23T10:15:00Z",
        "2026-11-23t10:15:30z,                2026-11-23T10:15:30Z",
        "2024-02-29T00:00:00Z,                2024-02-29T00:00:00Z",
        "1969-12-31T23:59:59Z,                1969-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z,                0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z,      9999-12-31T23:59:59.999999999Z"
    })
    void readsTimestampsWithAnyZoneOfTheYears0To9999(String written, Instant meant) {
        assertThat(parse("{\"uri\":\"a\",\"timestamp\":\"" + written + "\"}").timestamp())
                .isEqualTo(meant);
    }

    @Test
    void takesTextUpToTheLimit() {
        String id = "i".repeat(ImageReferenceJson.MAX_CHARACTERS - 4);

        ImageReference reference = parse("{\"uri\":\"a\",\"id\":\"" + id + "\",\"attributes\":{\"k\":\"vw\"}}");

        assertThat(reference.id()).isEqualTo(id);
    }

    @Test
    void takesAnInlineImageBeyondTheLimitOfOtherText() {
        String uri = "data:image/png;base64," + "A".repeat(900_000);

        assertThat(parse("{\"uri\":\"" + uri + "\"}").uri()).isEqualTo(uri);
    }
}
