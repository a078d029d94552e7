package io.alexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.model.export.ForeignModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    @TempDir
    private Path directory;

    @Test
    void printsThePackageOnStdout() throws IOException {
        CommandRun run = importing();
        assertThat(run.status()).isZero();
        Path written = directory.resolve("models/small/1");
        assertThat(run.out().lines().findFirst()).hasValue("package " + written);
        assertThat(run.out()).containsPattern("(?m)^sha256  [0-9a-f]{64}$");
        ModelManifest manifest =
                Json.fromBytes(Files.readAllBytes(written.resolve("manifest.json")), ModelManifest.class);
        assertThat(manifest.labels()).containsExactly("n01 ant, pismire", "n02 bee", "n03 cat", "n04 dog");
        assertThat(manifest.input()).isEqualTo(InputSpec.square(8, 9));
        assertThat(String.valueOf(manifest.training()))
                .contains("\"gives\":\"logits\"")
                .contains("\"order\":\"BGR\"")
                .contains("\"mean\":[104.0,117.0,123.0]");
    }

    @Test
    void printsOneJsonObjectForMachines() throws IOException {
        CommandRun run = importing("--json", "--resize", "20", "--top-k", "2");
        Map<?, ?> result = Json.fromBytes(run.out().getBytes(StandardCharsets.UTF_8), Map.class);
        assertThat(result.get("name")).isEqualTo("small");
        assertThat(result.get("version")).isEqualTo(1);
        assertThat(result.get("path"))
                .isEqualTo(directory.resolve("models/small/1").toString());
        assertThat(String.valueOf(result.get("uri"))).startsWith("file:").endsWith("/small/1");
        assertThat(String.valueOf(result.get("sha256"))).hasSize(64);
        ModelManifest manifest = Json.fromBytes(
                Files.readAllBytes(directory.resolve("models/small/1/manifest.json")), ModelManifest.class);
        assertThat(manifest.input().resize()).isEqualTo(20);
        assertThat(manifest.golden().expected().get(0).classes()).hasSize(2);
    }

    @Test
    void failsInOneLineAndLeavesNothing() throws IOException {
        CommandRun run = importing("--input-size", "16");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly("the model takes images of 8 x 8, but --input-size is 16; give --input-size 8");
        assertThat(directory.resolve("models/small")).isEmptyDirectory();
        assertThat(importing("--input-size", "16", "--verbose").err()).contains("\tat io.alexstream.model");
    }

    @Test
    void reportsAllMistakesTogetherOneALine() {
        CommandRun run = CommandRun.of(
                "import",
                "--name",
                "../x",
                "--onnx",
                "gone.onnx",
                "--input-size",
                "224",
                "--resize",
                "200",
                "--channel-order",
                "GBR",
                "--mean",
                "1,2",
                "--std",
                "0,1,1");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines())
                .containsExactly(
                        "--name must be 1 to 100 letters, digits, dots, dashes or underscores, the first a letter or digit, was '../x'",
                        "--onnx must be a readable file, was 'gone.onnx' (not there)",
                        "--labels is missing",
                        "--resize must be at least --input-size, was 200 for 224",
                        "--channel-order must be one of RGB, BGR, was 'GBR'",
                        "--mean must be three numbers like 104,117,123, was '1,2'",
                        "--std must be three numbers above 0 like 58.4,57.1,57.4, was '0,1,1'",
                        "--out is missing",
                        "See 'model import --help'.");
    }

    private CommandRun importing(String... more) throws IOException {
        Path labels =
                Files.writeString(directory.resolve("labels.txt"), "n01 ant, pismire\r\nn02 bee\nn03 cat\nn04 dog\n\n");
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                "--name",
                "small",
                "--onnx",
                ForeignModels.write(directory).toString(),
                "--labels",
                labels.toString(),
                "--input-size",
                "8",
                "--channel-order",
                "bgr",
                "--mean",
                "104,117,123",
                "--std",
                "1,1,1",
                "--out",
                directory.resolve("models").toString()));
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
