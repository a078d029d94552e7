package io.alexstream.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationTest {

    private static Classification of(String uri) {
        return new Classification(
                "cam7-000123",
                uri,
                Instant.parse("2026-11-23T10:15:30.123Z"),
                Map.of("site", "b", "camera", "7"),
                new ModelRef("alexnet", 7, "s3://models/alexnet/7", "ab".repeat(32)),
                List.of(new Prediction("tench", 0, 0.93f), new Prediction("goldfish", 1, 1e-12f)),
                Instant.parse("2026-11-23T10:15:30.181Z"),
                new SourcePosition("images", 3, 4711));
    }

    private static String json(Object value) {
        return new String(Json.toBytes(value), UTF_8);
    }

    /** The words of the design: fields, their order, no URI in the model. */
    @Test
    void isWrittenFieldByFieldAsAgreed() {
        assertThat(json(of("file:///data/a.jpg")))
                .isEqualTo(
                        "{\"id\":\"cam7-000123\",\"uri\":\"file:///data/a.jpg\",\"timestamp\":\"2026-11-23T10:15:30.123Z\","
                                + "\"attributes\":{\"camera\":\"7\",\"site\":\"b\"},"
                                + "\"model\":{\"name\":\"alexnet\",\"version\":7,\"sha256\":\"" + "ab".repeat(32)
                                + "\"},"
                                + "\"predictions\":[{\"label\":\"tench\",\"index\":0,\"probability\":0.93},"
                                + "{\"label\":\"goldfish\",\"index\":1,\"probability\":1.0E-12}],"
                                + "\"classifiedAt\":\"2026-11-23T10:15:30.181Z\","
                                + "\"source\":{\"topic\":\"images\",\"partition\":3,\"offset\":4711}}");
    }

    @Test
    void leavesOutTimestampAndSourceWhereThereAreNone() {
        Classification whole = of("a");
        Classification bare =
                new Classification("1", "a", null, Map.of(), whole.model(), List.of(), whole.classifiedAt(), null);

        assertThat(json(bare))
                .isEqualTo(
                        "{\"id\":\"1\",\"uri\":\"a\",\"attributes\":{},\"model\":{\"name\":\"alexnet\",\"version\":7,\"sha256\":\""
                                + "ab".repeat(32)
                                + "\"},\"predictions\":[],\"classifiedAt\":\"2026-11-23T10:15:30.181Z\"}");
    }

    /** Consumers written in Java read our events with our own records. */
    @Test
    void isReadBackButForWhereTheModelLies() throws IOException {
        Classification written = of("file:///data/a.jpg");

        Classification read = Json.fromBytes(Json.toBytes(written), Classification.class);

        assertThat(read).usingRecursiveComparison().ignoringFields("model.uri").isEqualTo(written);
        assertThat(read.model().uri()).isEmpty();
        assertThat(Json.toBytes(read)).isEqualTo(Json.toBytes(written));
    }

    @ParameterizedTest
    @CsvSource({"name", "version", "sha256"})
    void isNotReadWithoutTheModelsIdentity(String field) {
        String event = json(of("a")).replace("\"" + field + "\":", "\"other\":");

        assertThatIOException().isThrownBy(() -> Json.fromBytes(event.getBytes(UTF_8), Classification.class));
    }

    @ParameterizedTest
    @CsvSource({
        "'data:image/png;base64,iVBORw0KGgo=', data:image/png",
        "'DATA:image/svg+xml,<svg/>',          DATA:image/svg+xml",
        "'data:;base64,AAAA',                  data:",
        "'data:,x',                            data:",
        "data:image/jpeg,                      data:image/jpeg",
        "'data:a\u0000b,x',                    data:a",
        "'data:🦆,x',                          data:",
        "file:///data/a.jpg,                   file:///data/a.jpg",
        "'http://h/data:a;b,c',                'http://h/data:a;b,c'"
    })
    void shortensAnInlineImageToItsMediaType(String uri, String shortened) {
        assertThat(of(uri).uri()).isEqualTo(shortened);
    }

    @Test
    void shortensAMediaTypeWithoutEnd() {
        assertThat(of("data:" + "x".repeat(1_000_000)).uri()).hasSize(134);
    }

    @ParameterizedTest
    @CsvSource({
        "1969-12-31T23:59:59.999Z,       1969-12-31T23:59:59.999Z",
        "2026-11-23T10:15:30.000000001Z, 2026-11-23T10:15:30.000000001Z",
        "2026-11-23T10:15:00Z,           2026-11-23T10:15:00Z",
        "0000-01-01T00:00:00Z,           0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z"
    })
    void writesTimestampsAsRfc3339InUtc(Instant timestamp, String written) {
        ImageReference reference = new ImageReference("1", "a", timestamp, Map.of());

        assertThat(json(reference)).contains("\"timestamp\":\"" + written + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+10000-01-01T00:00:00Z", "-0001-12-31T23:59:59Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void refusesTimestampsThatRfc3339CannotWrite(Instant timestamp) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageReference("1", "a", timestamp, Map.of()))
                .withMessageContaining("years 0000 to 9999")
                .withMessageContaining(timestamp.toString());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, -0.001f, 1.001f, Float.POSITIVE_INFINITY})
    void refusesWhatIsNoProbability(float probability) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prediction("tench", 0, probability))
                .withMessage("probability must lie between 0 and 1, was '" + probability + "'");
    }

    @Test
    void takesWhatRoundingPutAboveOneAsOne() {
        assertThat(new Prediction("tench", 0, Math.nextUp(1f)).probability()).isEqualTo(1f);
    }

    @Test
    void refusesANegativeClass() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prediction("tench", -1, 0.5f))
                .withMessage("index must not be negative, was '-1'");
    }

    @Test
    void namesTheRecordItCameFrom() {
        assertThat(new SourcePosition("images", 3, 4711).asId()).isEqualTo("images-3-4711");
    }
}
