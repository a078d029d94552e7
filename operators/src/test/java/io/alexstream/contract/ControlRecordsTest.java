package io.alexstream.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Updates, status and labels: written as agreed, read back as they were. */
class ControlRecordsTest {

    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final Instant AT = Instant.parse("2026-11-23T10:15:30.123Z");

    private static String json(Object value) {
        return new String(Json.toBytes(value), StandardCharsets.UTF_8);
    }

    private static <T> T read(String json, Class<T> type) throws IOException {
        return Json.fromBytes(json.getBytes(StandardCharsets.UTF_8), type);
    }

    @Test
    void writesAndReadsAnUpdate() throws IOException {
        ModelUpdate update = new ModelUpdate("alexnet", 8, "s3://models/alexnet/8", SHA, AT);
        String json = "{\"name\":\"alexnet\",\"version\":8,\"uri\":\"s3://models/alexnet/8\",\"sha256\":\"" + SHA
                + "\",\"publishedAt\":\"2026-11-23T10:15:30.123Z\"}";

        assertThat(json(update)).isEqualTo(json);
        assertThat(read(json, ModelUpdate.class)).isEqualTo(update);
        assertThat(update.modelRef()).isEqualTo(new ModelRef("alexnet", 8, "s3://models/alexnet/8", SHA));
    }

    @Test
    void ignoresFieldsThatLaterVersionsAdd() throws IOException {
        String json = "{\"new\":{\"deep\":[1]},\"name\":\"alexnet\",\"version\":8,\"uri\":\"u\",\"sha256\":\"" + SHA
                + "\",\"publishedAt\":\"2026-11-23T10:15:30.123Z\",\"extra\":null}";

        assertThat(read(json, ModelUpdate.class)).isEqualTo(new ModelUpdate("alexnet", 8, "u", SHA, AT));
    }

    @ParameterizedTest
    @CsvSource({
        "../etc, 1, u, 0, name must be",
        "'',     1, u, 0, name must be",
        "a/b,    1, u, 0, name must be",
        "a,      0, u, 0, version must be",
        "a,     -1, u, 0, version must be",
        "a,      1, ' ', 0, uri must not be empty",
        "a,      1, u, g, sha256 must be",
        "a,      1, u, A, sha256 must be",
        "a,      1, u, ../, sha256 must be"
    })
    void refusesAnUpdateThatNamesNoPackage(String name, int version, String uri, String digit, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelUpdate(name, version, uri, digit.repeat(64), AT))
                .withMessageStartingWith(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|field 'version': Cannot map `null` into type `int`",
                "{\"version\":\"8\"}|field 'version': Cannot coerce String value",
                "{\"version\":8.5}|field 'version': Cannot coerce Floating-point value",
                "{\"version\":8}|publishedAt is missing",
                "{\"version\":8,\"publishedAt\":\"soon\"}|field 'publishedAt': Cannot deserialize",
                "{\"version\":8,\"publishedAt\":\"2026-11-23T10:15:30Z\"}|name is missing",
                "{\"version\":0,\"name\":\"a\",\"publishedAt\":\"2026-11-23T10:15:30Z\"}|version must be 1 or more, was '0'"
            })
    void namesTheFieldThatSpoilsAnUpdate(String json, String why) {
        assertThatIOException().isThrownBy(() -> read(json, ModelUpdate.class)).withMessageStartingWith(why);
    }

    @Test
    void writesAndReadsAStatusOfASubtask() throws IOException {
        ModelStatus status = new ModelStatus(
                "alexstream",
                "a1b2",
                new ModelStatus.UpdatePosition(0, 12),
                "alexnet",
                8,
                ModelStatus.State.ACTIVE,
                0,
                4,
                "worker-1",
                "CPU",
                330L,
                12L,
                null,
                AT);
        String json =
                "{\"job\":\"alexstream\",\"jobId\":\"a1b2\",\"update\":{\"partition\":0,\"offset\":12},\"name\":\"alexnet\","
                        + "\"version\":8,\"state\":\"ACTIVE\",\"subtask\":0,\"parallelism\":4,\"host\":\"worker-1\","
                        + "\"executionProvider\":\"CPU\",\"loadMillis\":330,\"warmUpMillis\":12,\"reason\":null,"
                        + "\"at\":\"2026-11-23T10:15:30.123Z\"}";

        assertThat(json(status)).isEqualTo(json);
        assertThat(read(json, ModelStatus.class)).isEqualTo(status);
    }

    @Test
    void readsARefusalOfTheTrainerWithoutSubtaskAndHost() throws IOException {
        ModelStatus refusal = new ModelStatus(
                "retrain",
                null,
                null,
                "alexnet",
                9,
                ModelStatus.State.REJECTED,
                null,
                null,
                null,
                null,
                null,
                null,
                "top-1 fell by 0.02",
                AT);

        assertThat(read(json(refusal), ModelStatus.class)).isEqualTo(refusal);
        assertThat(read(
                        "{\"job\":\"retrain\",\"name\":\"alexnet\",\"version\":9,\"state\":\"REJECTED\","
                                + "\"reason\":\"top-1 fell by 0.02\",\"at\":\"2026-11-23T10:15:30.123Z\"}",
                        ModelStatus.class))
                .isEqualTo(refusal);
    }

    @Test
    void writesAndReadsALabel() throws IOException {
        ImageLabel label = new ImageLabel("cam7-000123", "file:///data/a.jpg", "tench");
        String json = "{\"id\":\"cam7-000123\",\"uri\":\"file:///data/a.jpg\",\"label\":\"tench\"}";

        assertThat(json(label)).isEqualTo(json);
        assertThat(read(json, ImageLabel.class)).isEqualTo(label);
    }

    @Test
    void namesAModelInOneShortWord() {
        assertThat(new ModelRef("alexnet", 7, "u", SHA)).hasToString("alexnet:7 (sha256 0123456789ab)");
    }
}
