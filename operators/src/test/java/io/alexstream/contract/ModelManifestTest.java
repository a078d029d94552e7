package io.alexstream.contract;

import static io.alexstream.contract.ReadableMessage.ONE_SHORT_LINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelManifestTest {

    private static final ModelManifest.FileEntry FILE = new ModelManifest.FileEntry("0123456789abcdef".repeat(4), 618);

    /** Every field set, as it stands in a package. */
    private static final String JSON = """
            {
              "name" : "alexnet",
              "version" : 8,
              "parentVersion" : 7,
              "createdAt" : "2026-11-23T10:15:30Z",
              "files" : {
                "golden.bin" : { "sha256" : "%1$s", "size" : 154587 },
                "model.onnx" : { "sha256" : "%1$s", "size" : 4711 },
                "model.onnx.data" : { "sha256" : "%1$s", "size" : 249513376 }
              },
              "input" : { "height" : 227, "width" : 227, "resize" : 256, "crop" : "center", "interpolation" : "bilinear-antialias" },
              "labels" : [ "tench", "goldfish" ],
              "metrics" : { "top1" : 0.61, "top5" : 0.833, "samples" : 1000 },
              "training" : { "epochs" : 3, "seeds" : [ 1, 2 ] },
              "golden" : {
                "frames" : "golden.bin",
                "tolerance" : 0.01,
                "expected" : [ { "classes" : [ 1, 0 ], "probabilities" : [ 0.75, 0.25 ] } ]
              }
            }
            """.formatted(FILE.sha256());

    private static ModelManifest read(String json) throws IOException {
        return Json.fromBytes(json.getBytes(StandardCharsets.UTF_8), ModelManifest.class);
    }

    private static ModelManifest withFiles(Map<String, ModelManifest.FileEntry> files) {
        return new ModelManifest(
                "alexnet",
                1,
                null,
                Instant.EPOCH,
                files,
                InputSpec.square(227, 256),
                List.of("tench"),
                null,
                null,
                new ModelManifest.Golden(
                        "golden.bin", 0.01, List.of(new ModelManifest.GoldenSample(List.of(0), List.of(1f)))));
    }

    @Test
    void readsAndWritesEveryField() throws IOException {
        ModelManifest manifest = read(JSON);

        assertThat(manifest.parentVersion()).isEqualTo(7);
        assertThat(manifest.createdAt()).isEqualTo("2026-11-23T10:15:30Z");
        assertThat(manifest.files()).containsOnlyKeys("golden.bin", "model.onnx", "model.onnx.data");
        assertThat(manifest.input()).isEqualTo(InputSpec.square(227, 256));
        assertThat(manifest.labels()).containsExactly("tench", "goldfish");
        assertThat(manifest.metrics()).isEqualTo(new ModelManifest.Metrics(0.61, 0.833, 1000));
        assertThat(manifest.training()).isEqualTo(Json.toTree(Map.of("epochs", 3, "seeds", List.of(1, 2))));
        assertThat(manifest.golden().expected().get(0).probabilities()).containsExactly(0.75f, 0.25f);
        assertThat(Json.toPrettyBytes(manifest)).asString().isEqualToIgnoringWhitespace(JSON);
        assertThat(Json.fromBytes(Json.toBytes(manifest), ModelManifest.class)).isEqualTo(manifest);
    }

    @Test
    void leavesOutWhatAFreshModelHasNot() throws IOException {
        ModelManifest fresh = withFiles(Map.of("model.onnx", FILE, "golden.bin", FILE));

        assertThat(new String(Json.toBytes(fresh), StandardCharsets.UTF_8))
                .doesNotContain("parentVersion", "metrics", "training", "null");
        assertThat(Json.fromBytes(Json.toBytes(fresh), ModelManifest.class)).isEqualTo(fresh);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../model.onnx",
                "..",
                ".",
                ".hidden",
                "/etc/passwd",
                "weights/a",
                "a\\b",
                "C:a",
                "a b",
                "",
                "~",
                "a\n",
                "a\u0000",
                "manifest.json",
                "ä",
                "-rf"
            })
    void refusesFileNamesThatAreNotPlain(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withFiles(Map.of("model.onnx", FILE, "golden.bin", FILE, name, FILE)))
                .satisfies(e -> assertThat(e.getMessage()).is(ONE_SHORT_LINE).startsWith("file names must be plain"));
    }

    @Test
    void refusesAFileWithoutChecksum() {
        Map<String, ModelManifest.FileEntry> files = new LinkedHashMap<>(Map.of("model.onnx", FILE));
        files.put("golden.bin", null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> withFiles(files))
                .withMessage("each file needs its sha256 and size, was 'golden.bin'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "golden.bin"})
    void refusesAPackageWithoutModelOrGoldenFrames(String only) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withFiles(Map.of(only, FILE)))
                .withMessageStartingWith("files must list model.onnx and the golden frames");
    }

    /** One field of the manifest above made wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"name\" : \"alexnet\"|\"name\" : \"../alexnet\"|name must be 1 to 100 letters",
                "\"name\" : \"alexnet\"|\"nome\" : \"alexnet\"|name is missing",
                "\"version\" : 8|\"version\" : 0|version must be 1 or more, was '0'",
                "\"version\" : 8|\"version\" : 8.5|field 'version': Cannot coerce",
                "\"version\" : 8|\"version\" : 99999999999|field 'version': Numeric value",
                "\"createdAt\" : \"2026-11-23T10:15:30Z\"|\"createdAt\" : null|createdAt is missing",
                "\"files\" : {|\"filos\" : {|files is missing",
                "\"labels\" : [ \"tench\", \"goldfish\" ]|\"labels\" : []|labels must not be empty",
                "\"labels\" : [ \"tench\", \"goldfish\" ]|\"labels\" : [ null ]|an element of labels is missing",
                "\"labels\" : [ \"tench\", \"goldfish\" ]|\"labels\" : \"tench\"|field 'labels': Cannot",
                "\"height\" : 227|\"height\" : 0|field 'input': input height and width must be 1 to 4096",
                "\"height\" : 227|\"height\" : 100000|field 'input': input height and width must be 1 to 4096",
                "\"resize\" : 256|\"resize\" : 200|field 'input': input resize must be at least the crop",
                "\"crop\" : \"center\"|\"crop\" : \"random\"|field 'input': input crop must be center, was 'random'",
                "\"bilinear-antialias\"|\"nearest\"|field 'input': input interpolation must be bilinear-antialias",
                "\"top1\" : 0.61|\"top1\" : 61|field 'metrics': metrics need 0 <= top1 <= top5 <= 1",
                "\"tolerance\" : 0.01|\"tolerance\" : 0|field 'golden': tolerance must lie between 0 and 1",
                "\"tolerance\" : 0.01|\"tolerance\" : \"NaN\"|field 'golden': tolerance must lie between 0 and 1",
                "\"frames\" : \"golden.bin\"|\"frames\" : \"../x\"|files must list model.onnx and the golden frames; missing",
                "\"classes\" : [ 1, 0 ]|\"classes\" : [ 1 ]|field 'golden.expected.[0]': a golden sample needs as many classes",
                "\"classes\" : [ 1, 0 ]|\"classes\" : []|field 'golden.expected.[0]': golden classes must not be empty",
                "\"size\" : 4711|\"size\" : -1|field 'files.model.onnx': size must not be negative",
                "\"model.onnx.data\"|\"../data\"|file names must be plain"
            })
    void namesTheFieldThatSpoilsAManifest(String right, String wrong, String why) {
        assertThat(JSON).contains(right);
        assertThatIOException()
                .isThrownBy(() -> read(JSON.replace(right, wrong)))
                .satisfies(e -> assertThat(e.getMessage()).is(ONE_SHORT_LINE).startsWith(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0123456789ABCDEF", "0123456789abcdeg", "../etc/passwd   "})
    void refusesAChecksumThatIsNone(String quarter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelManifest.FileEntry(quarter.repeat(4), 1))
                .withMessageStartingWith("sha256 must be 64 lower-case hex digits");
    }
}
