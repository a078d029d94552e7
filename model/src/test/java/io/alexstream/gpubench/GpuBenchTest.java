package io.alexstream.gpubench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import com.fasterxml.jackson.databind.JsonNode;
import io.alexstream.contract.Json;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.publish.PackageWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bench itself, on the CPU with a network of 9,226 parameters; what it finds is of no interest here. */
class GpuBenchTest {

    @TempDir
    static Path directory;

    private static String model;

    private record Ended(int status, String out, String err) {}

    @BeforeAll
    static void writeModel() throws Exception {
        model = PackageWriter.onCpu()
                .write(directory, "tiny", FreshModel.tiny(List.of("a", "b", "c", "d"), 1))
                .directory()
                .toString();
    }

    private static Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                GpuBench.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Ended(command.execute(arguments), out.toString(), err.toString());
    }

    /** Without the ceilings: a busy machine can make a difference of two times disappear, and the bench then says so. */
    @Test
    void measuresOnCpuAndSaysThatItDid() throws Exception {
        Path out = directory.resolve("results");

        Ended ended = run(
                "--provider=cpu",
                "--model=" + model,
                "--batches=1,4",
                "--cell=50ms",
                "--swaps=3",
                "--parts=bare,operator,frames,two,first,numerics,swaps",
                "--out=" + out);

        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("these are figures of the CPU").contains("holds");
        assertThat(Files.readString(out.resolve("results.txt"))).contains("Bare ONNX Runtime, one session");
        JsonNode json = Json.fromBytes(Files.readAllBytes(out.resolve("results.json")), JsonNode.class);
        assertThat(json.path("executionProvider").asText()).isEqualTo("CPU");
        assertThat(json.path("command").asText()).startsWith("run.sh --provider=cpu");
        assertThat(json.path("bare")).hasSize(2);
        assertThat(json.path("operator").path(1).path("batch").asInt()).isEqualTo(4);
        assertThat(json.path("operator").path(1).path("ofBare").asDouble()).isPositive();
        assertThat(json.path("frames").path(0).path("decodeShare").asDouble()).isPositive();
        assertThat(json.path("twoSessions")).hasSize(2);
        assertThat(json.path("firstRuns").path(0).path("firstMillis").asDouble())
                .isPositive();
        assertThat(json.path("numerics").path(0).path("sameFirstClasses").isInt())
                .isTrue();
        assertThat(json.path("swaps").path("swaps").asInt()).isEqualTo(3);
        assertThat(json.path("ceilings").isNull()).isTrue();
        assertThat(Path.of(model)).as("the package that was measured").isDirectoryContaining("glob:**model.onnx");
    }

    /** The tests' ONNX Runtime is the build for the CPU, whatever the machine has. */
    @Test
    void refusesToMeasureCudaWhereThereIsNone() {
        Path out = directory.resolve("refused");

        Ended ended = run("--model=" + model, "--out=" + out);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).startsWith("CUDA is not usable: this ONNX Runtime is the build for the CPU");
        assertThat(ended.out()).isEmpty();
        assertThat(out.resolve("results.json")).doesNotExist();
    }

    @Test
    void reportsAllMistakesTogether() {
        Ended ended = run("--provider=gpu", "--batches=8,4", "--parts=bare,swap", "--cell=3", "--model=" + model);

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .contains("--provider must be one of CPU, CUDA")
                .contains("--batches must be rising")
                .contains("--parts must be of")
                .contains("--cell must be a time");
    }

    @Test
    void graphsOfTheCeilingsRun() throws Exception {
        Device device = new Device(ExecutionProvider.CPU, 0, 1);
        for (byte[] graph : List.of(CeilingGraphs.products(16, 3), CeilingGraphs.passes(64, 4))) {
            try (BareSession session = BareSession.of(graph, device, Precision.FP32);
                    OnnxTensor one = session.one()) {
                session.run(one);
            }
        }
        try (BareSession session = BareSession.of(CeilingGraphs.copy(300), device, Precision.FP32);
                OnnxTensor bytes = session.bytes(ByteBuffer.allocateDirect(300), 300)) {
            session.run(bytes);
        }
    }
}
