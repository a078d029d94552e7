package io.alexstream.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas against what this code writes and reads. */
class SchemaTest {

    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final Instant AT = Instant.parse("2026-11-23T10:15:30.123456789Z");

    private static final Classification CLASSIFICATION = new Classification(
            "1",
            "data:image/png;base64,AAAA",
            Instant.parse("9999-12-31T23:59:59.999Z"),
            Map.of("camera", "7"),
            new ModelRef("alexnet", 7, "u", SHA),
            List.of(new Prediction("tench", 0, 0.93f), new Prediction("goldfish", 1, 1e-30f)),
            AT,
            new SourcePosition("images", 3, 4711));

    private static final ModelStatus STATUS = new ModelStatus(
            "alexstream",
            "id",
            new ModelStatus.UpdatePosition(0, 12),
            "alexnet",
            8,
            ModelStatus.State.ACTIVE,
            0,
            4,
            "worker-1",
            "CPU",
            330L,
            0L,
            null,
            AT);

    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of("image-reference.schema.json", ImageReference.of("file:///data/a.jpg")),
                Arguments.of("image-reference.schema.json", new ImageReference("1", "a", AT, Map.of("k", ""))),
                Arguments.of("classification.schema.json", CLASSIFICATION),
                Arguments.of("model-update.schema.json", new ModelUpdate("alexnet", 8, "s3://m/alexnet/8", SHA, AT)),
                Arguments.of("model-status.schema.json", STATUS),
                Arguments.of("model-status.schema.json", refusal()),
                Arguments.of("image-label.schema.json", new ImageLabel("1", "a", "tench")));
    }

    /** What the trainer writes: every field null that may be. */
    private static ModelStatus refusal() {
        return new ModelStatus(
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
                null,
                AT);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("written")
    void acceptsWhatThisCodeWrites(String schema, Object value) throws IOException {
        assertThat(Schemas.errors(schema, new String(Json.toBytes(value), StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("written")
    void describesExactlyTheFieldsOfTheRecord(String schema, Object value) throws IOException {
        List<String> components = Arrays.stream(value.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        assertThat(Schemas.tree(schema).get("properties").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(components);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"id\":\"1\"|\"id\":1",
                "\"id\":\"1\"|\"nid\":\"1\"",
                "\"uri\":\"data:image/png\"|\"uri\":\"data:image/png;base64,AAAA\"",
                "\"uri\":\"data:image/png\"|\"uri\":\"\"",
                "\"timestamp\":\"9999|\"timestamp\":\"+19999",
                "\"timestamp\":\"9999-12-31T23:59:59.999Z\"|\"timestamp\":\"9999-12-31T23:59:59.999\"",
                "\"camera\":\"7\"|\"camera\":7",
                "\"name\":\"alexnet\"|\"name\":\"../alexnet\"",
                "\"version\":7|\"version\":\"7\"",
                "\"version\":7|\"version\":0",
                "\"sha256\":\"01|\"sha256\":\"0",
                "\"probability\":0.93|\"probability\":\"NaN\"",
                "\"probability\":0.93|\"probability\":1.1",
                "\"index\":1|\"index\":-1",
                "\"label\":\"tench\",|",
                "\"classifiedAt\"|\"classified_at\"",
                "\"offset\":4711|\"offset\":\"4711\"",
                "\"source\"|\"sauce\""
            })
    void refusesAClassificationWithOneFieldWrong(String right, String wrong) throws IOException {
        String json = new String(Json.toBytes(CLASSIFICATION), StandardCharsets.UTF_8);
        assertThat(json).contains(right);

        assertThat(Schemas.errors("classification.schema.json", json.replace(right, wrong == null ? "" : wrong)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{}",
                "{\"uri\":\"\"}",
                "{\"uri\":\" \"}",
                "{\"uri\":null}",
                "{\"uri\":5}",
                "{\"uri\":\"a\",\"id\":5}",
                "{\"uri\":\"a\",\"timestamp\":5}",
                "{\"uri\":\"a\",\"timestamp\":\"soon\"}",
                "{\"uri\":\"a\",\"attributes\":[]}",
                "{\"uri\":\"a\",\"attributes\":{\"k\":7}}",
                "{\"uri\":\"a\",\"attributes\":{\"k\":null}}"
            })
    void refusesTheReferencesThatTheParserRefuses(String json) throws IOException {
        assertThat(Schemas.errors("image-reference.schema.json", json)).isNotEmpty();
        assertThat(catchThrowable(() -> parse(json))).isInstanceOf(MalformedReferenceException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"uri\":\"a\"}",
                "{\"uri\":\"a\",\"id\":null,\"timestamp\":null,\"attributes\":null,\"new\":[1]}",
                "{\"uri\":\"a\",\"id\":\"\",\"timestamp\":\"2026-11-23T12:15:30+02:00\",\"attributes\":{}}"
            })
    void acceptsTheReferencesThatTheParserAccepts(String json) throws IOException {
        assertThat(Schemas.errors("image-reference.schema.json", json)).isEmpty();
        assertThat(parse(json).uri()).isEqualTo("a");
    }

    private static ImageReference parse(String json) {
        return ImageReferenceJson.parse(json.getBytes(StandardCharsets.UTF_8), "id", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "model-update|{\"name\":\"a\",\"version\":1,\"uri\":\"u\",\"sha256\":\"x\",\"publishedAt\":\"2026-11-23T10:15:30Z\"}",
                "model-update|{\"name\":\"a\",\"version\":1.5}",
                "model-status|{\"job\":\"j\",\"name\":\"a\",\"version\":1,\"state\":\"DONE\",\"at\":\"2026-11-23T10:15:30Z\"}",
                "model-status|{\"job\":\"j\",\"name\":\"a\",\"version\":1,\"state\":\"ACTIVE\",\"at\":\"2026-11-23T10:15:30Z\",\"subtask\":-1}",
                "model-status|{\"job\":\"j\",\"name\":\"a\",\"version\":1,\"state\":\"ACTIVE\"}",
                "image-label|{\"id\":\"1\",\"uri\":\"a\"}",
                "image-label|{\"id\":\"1\",\"uri\":\"a\",\"label\":\" \"}"
            })
    void refusesWrongControlRecords(String schema, String json) throws IOException {
        assertThat(Schemas.errors(schema + ".schema.json", json)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "FETCH_FAILED|TOO_BAD",
                "\"__connect.errors.stage\":\"FETCH\"|\"__connect.errors.stage\":\"fetch\"",
                "\"4711\"|\"-1\"",
                "\"__connect.errors.offset\"|\"offset\"",
                "does not exist|does not\\nexist"
            })
    void refusesHeadersThatToolsOfKafkaConnectCouldNotRead(String right, String wrong) throws IOException {
        String headers = Schemas.tree("dead-letter-headers.schema.json")
                .at("/examples/0")
                .toString();
        assertThat(headers).contains(right);

        assertThat(Schemas.errors("dead-letter-headers.schema.json", headers)).isEmpty();
        assertThat(Schemas.errors("dead-letter-headers.schema.json", headers.replace(right, wrong)))
                .isNotEmpty();
    }

    @Test
    void listsEveryReasonStageAndState() throws IOException {
        JsonNode headers = Schemas.tree("dead-letter-headers.schema.json").get("properties");
        JsonNode status = Schemas.tree("model-status.schema.json").get("properties");

        assertThat(texts(headers.at("/alexstream.reason/enum"))).isEqualTo(names(DeadLetterReason.values()));
        assertThat(texts(headers.at("/__connect.errors.stage/enum"))).isEqualTo(names(Stage.values()));
        assertThat(texts(status.at("/state/enum"))).isEqualTo(names(ModelStatus.State.values()));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::textValue).toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image-reference.schema.json",
                "classification.schema.json",
                "model-update.schema.json",
                "model-status.schema.json",
                "image-label.schema.json",
                "dead-letter-headers.schema.json"
            })
    void isItselfASchemaWhoseExamplesAreValid(String file) throws IOException {
        JsonNode schema = Schemas.tree(file);

        assertThat(Schemas.errorsAgainstMetaSchema(file)).isEmpty();
        assertThat(schema.get("$schema").textValue()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.get("$id").textValue()).isEqualTo("https://alexstream.io/schema/" + file);
        assertThat(schema.get("examples")).isNotEmpty();
        for (JsonNode example : schema.get("examples")) {
            assertThat(Schemas.errors(file, example.toString())).isEmpty();
        }
    }
}
