package io.alexstream.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.alexstream.contract.InputSpec;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignModelRefusalTest {

    @TempDir
    private Path directory;

    @Test
    void refusesFilesThatAreNoModels() throws IOException {
        Path text = Files.writeString(directory.resolve("a.onnx"), "no model at all\n".repeat(40));
        assertThat(refusal(text, 8, 4)).contains("a.onnx is no ONNX model");
        Path empty = Files.createFile(directory.resolve("b.onnx"));
        assertThat(refusal(empty, 8, 4)).contains("b.onnx is no ONNX model");
        Path bytes = Files.write(directory.resolve("c.onnx"), new byte[] {0x3A, 0x7F, 1, 2, 3});
        assertThat(refusal(bytes, 8, 4)).contains("c.onnx is no ONNX model");
    }

    @Test
    void refusesTruncatedModels() throws IOException {
        Path whole =
                new ForeignGraphs().images().flattenAndClassify().output(0, 4).write(directory);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(refusal(whole, 8, 4)).contains("is no ONNX model");
    }

    @Test
    void refusesFilesBeyondTwoGigabytesWithoutReadingThem() throws IOException {
        Path large = directory.resolve("large.onnx");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30); // sparse: takes no disk
        }
        assertThat(refusal(large, 8, 4)).contains("larger than 2 GB").contains("external data");
    }

    @Test
    void namesTheSizeThatTheModelTakes() throws IOException {
        Path file =
                new ForeignGraphs().images().flattenAndClassify().output(0, 4).write(directory);
        assertThat(refusal(file, 9, 4)).contains("8 x 8").contains("give --input-size 8");
    }

    @Test
    void namesTheClassesThatTheModelHas() throws IOException {
        Path file =
                new ForeignGraphs().images().flattenAndClassify().output(0, 4).write(directory);
        assertThat(refusal(file, 8, 5)).contains("4 classes").contains("5 labels");
    }

    @Test
    void refusesAWrongNumberOfLabelsWhereTheModelDoesNotSay() throws IOException {
        for (int labels : new int[] {2, 3, 5, 8}) {
            Path file = new ForeignGraphs()
                    .images()
                    .flattenAndClassify()
                    .output(0, 0)
                    .write(Files.createDirectory(directory.resolve("labels" + labels)));
            assertThat(refusal(file, 8, labels)).contains("another number of classes");
        }
    }

    @Test
    void refusesSeveralInputsOrOutputs() throws IOException {
        ForeignGraphs inputs = new ForeignGraphs().images().flattenAndClassify().output(0, 4);
        inputs.graph.addInput(ForeignGraphs.value("mask", TensorProto.DataType.FLOAT, 0, 1));
        assertThat(refusal(inputs.write(directory), 8, 4)).contains("2 inputs [x, mask]");
        ForeignGraphs outputs = new ForeignGraphs()
                .images()
                .output(0, 3, 1, 1)
                .flattenAndClassify()
                .output(0, 4);
        assertThat(refusal(outputs.write(directory), 8, 4)).contains("2 outputs [features, scores]");
    }

    @Test
    void refusesInputsThatAreNoFloatImages() throws IOException {
        ForeignGraphs bytes = new ForeignGraphs();
        bytes.type = TensorProto.DataType.UINT8;
        assertThat(refusal(bytes.images().output(0, 3, 1, 1).write(directory), 8, 3))
                .contains("UINT8");
        ForeignGraphs gray = new ForeignGraphs();
        gray.graph.addInput(ForeignGraphs.value("x", TensorProto.DataType.FLOAT, 0, 1, 8, 8));
        gray.node("Flatten", List.of("x"), "y").output(0, 64);
        assertThat(refusal(gray.write(directory), 8, 64))
                .contains("[?, 1, 8, 8]")
                .contains("[N, 3, height, width]");
    }

    @Test
    void refusesOperatorSetsThatTheRuntimeHasNoKernelsFor() throws IOException {
        ForeignGraphs graph = new ForeignGraphs();
        graph.operatorSet = 6;
        assertThat(refusal(graph.images().flattenAndClassify().output(0, 4).write(directory), 8, 4))
                .contains("operator set 6")
                .contains("7 and later");
    }

    @Test
    void refusesUnknownOperatorsInOneLine() throws IOException {
        ForeignGraphs graph = new ForeignGraphs().images();
        graph.node("NoSuchOperator", List.of(graph.last()), "y").output(0, 3, 1, 1);
        assertThat(refusal(graph.write(directory), 8, 3)).contains("NoSuchOperator");
    }

    @Test
    void refusesModelsThatMixTheImagesOfABatch() throws IOException {
        ForeignGraphs graph = new ForeignGraphs().images().flattenAndClassify();
        graph.operatorSet = 13;
        graph.node("Softmax", List.of(graph.last()), "mixed", Nodes.attribute("axis", 0L))
                .output(0, 4);
        assertThat(refusal(graph.write(directory), 8, 4))
                .contains("one batch size only")
                .contains("dynamic batch");
    }

    @Test
    void refusesABatchThatIsFixedByAConstantBesideTheImages() throws IOException {
        ForeignGraphs graph = new ForeignGraphs();
        graph.batch = 1;
        graph.images();
        graph.constant(Tensors.floats("token", List.of(1L, 1L, 1L, 1L), 0.5f));
        graph.node("Concat", List.of(graph.last(), "token"), "joined", Nodes.attribute("axis", 1L))
                .output(1, 4, 1, 1);
        assertThat(refusal(graph.write(directory), 8, 4)).contains("one batch size only (it fails with 2 images");
    }

    @Test
    void refusesSoftmaxThatIsNotPerImage() throws IOException {
        ForeignGraphs graph = new ForeignGraphs().images().classifyByConvolution();
        graph.node("Softmax", List.of(graph.last()), "perPixel", Nodes.attribute("axis", 3L))
                .output(0, 4, 1, 1);
        assertThat(refusal(graph.write(directory), 8, 4))
                .contains("ends in Softmax")
                .contains("--logits");
    }

    @Test
    void refusesWeightsOutsideTheModelsDirectory() throws IOException {
        for (String location : new String[] {"../secret", "/etc/hostname", "a/../../secret", ""}) {
            assertThat(refusal(elsewhere(location, 0, 16), 8, 4)).contains("outside the model's directory");
        }
    }

    @Test
    void refusesMissingOrShortWeights() throws IOException {
        assertThat(refusal(elsewhere("gone.data", 0, 16), 8, 4))
                .contains("gone.data")
                .contains("not there");
        Files.writeString(directory.resolve("short.data"), "abc", StandardCharsets.UTF_8);
        assertThat(refusal(elsewhere("short.data", 0, 768), 8, 4))
                .contains("has 3")
                .contains("copy it whole");
        assertThat(refusal(elsewhere("short.data", Long.MAX_VALUE, 768), 8, 4)).contains("copy it whole");
        assertThat(refusal(elsewhere("short.data", -1, 768), 8, 4)).contains("bad position");
    }

    private Path elsewhere(String location, long offset, long length) throws IOException {
        ForeignGraphs graph = new ForeignGraphs().images().flattenAndClassify().output(0, 4);
        graph.graph.setInitializer(0, Externalised.refer(graph.graph.getInitializer(0), location, offset, length));
        return graph.write(directory);
    }

    /** The one line that the import ends with. */
    private String refusal(Path file, int size, int labels) throws IOException {
        Path target = Files.createTempDirectory(directory, "package");
        ForeignModel model = new ForeignModel(
                file,
                IntStream.range(0, labels).mapToObj(i -> "label " + i).toList(),
                InputSpec.square(size, 2 * size),
                Normalization.IMAGENET,
                false,
                10,
                new OnnxSessionFactory(SessionOptions.cpu(1)));
        RuntimeException refused =
                catchThrowableOfType(RuntimeException.class, () -> model.writeTo(target, Progress.NONE));
        assertThat(refused).isNotNull();
        assertThat(refused.getClass().getPackageName()).startsWith("io.alexstream");
        assertThat(refused.getMessage()).doesNotContain("\n");
        return String.valueOf(refused.getMessage());
    }
}
