package io.alexstream.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.inference.TopK;
import io.alexstream.model.testing.ReferenceForward;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignModelTest {

    private static final InputSpec INPUT = InputSpec.square(ForeignGraphs.SIZE, 9);
    private static final List<String> LABELS = List.of("ant", "bee", "cat", "dog");
    private static final Normalization RGB =
            new Normalization(ChannelOrder.RGB, List.of(120.0, 110.0, 100.0), List.of(60.0, 50.0, 40.0), 255);
    private static final Normalization BGR =
            new Normalization(ChannelOrder.BGR, List.of(120.0, 110.0, 100.0), List.of(60.0, 50.0, 40.0), 255);

    @TempDir
    private Path directory;

    static Stream<Arguments> models() {
        return Stream.of(
                model("logits, free batch", g -> g.images().flattenAndClassify().output(0, 4)),
                model(
                        "probabilities, free batch",
                        g -> g.images().flattenAndClassify().softmax().output(0, 4)),
                model("fixed batch, flattened", g -> {
                    g.batch = 1;
                    g.images().flattenAndClassify().softmax().output(1, 4);
                }),
                model("fixed batch in a reshape to [1, 3]", g -> {
                    g.batch = 1;
                    g.images().reshapeAndClassify(1, 3).output(1, 4);
                }),
                model("fixed batch in a reshape to [1, -1]", g -> {
                    g.batch = 1;
                    g.images().reshapeAndClassify(1, -1).output(1, 4);
                }),
                model("fixed batch of 3 in a reshape", g -> {
                    g.batch = 3;
                    g.images().reshapeAndClassify(3, -1).output(3, 4);
                }),
                model(
                        "said to be free, but fixed in a reshape",
                        g -> g.images().reshapeAndClassify(1, -1).output(0, 4)),
                model("fixed batch in a constant node", g -> {
                    g.batch = 1;
                    g.images();
                    String features = g.last();
                    g.node("Constant", List.of(), "shape", Nodes.attribute("value_ints", List.of(1L, -1L)));
                    g.node("Reshape", List.of(features, "shape"), "flat")
                            .classify()
                            .output(1, 4);
                }),
                model("squeezed to a vector for one image", g -> {
                    g.batch = 1;
                    g.images().classifyByConvolution();
                    g.node("Squeeze", List.of(g.last()), "squeezed").output(4);
                }),
                model("[N, C, 1, 1]", g -> g.images().classifyByConvolution().output(0, 4, 1, 1)),
                model(
                        "[N, C, 1, 1] after softmax",
                        g -> g.images().classifyByConvolution().softmax().output(0, 4, 1, 1)),
                model("operator set 7, weights among the inputs", g -> {
                    g.operatorSet = 7;
                    g.irVersion = 3;
                    g.images()
                            .classifyByConvolution()
                            .softmax()
                            .output(0, 4, 1, 1)
                            .withConstantsAsInputs();
                }),
                model("operator set 10", g -> {
                    g.operatorSet = 10;
                    g.images().flattenAndClassify().output(0, 4);
                }),
                model("operator set 11", g -> {
                    g.operatorSet = 11;
                    g.images().flattenAndClassify().output(0, 4);
                }),
                model("operator set 21", g -> {
                    g.operatorSet = 21;
                    g.irVersion = 10;
                    g.images().flattenAndClassify().output(0, 4);
                }),
                model("names of ours", g -> {
                    g.input = "image";
                    g.images().flattenAndClassify();
                    g.node("Identity", List.of(g.last()), "serving.rows").softmax();
                    g.node("Identity", List.of(g.last()), "classes");
                    g.node("Identity", List.of(g.last()), "probabilities").output(0, 4);
                }),
                model(
                        "channels last",
                        g -> g.imagesWithChannelsLast().flattenAndClassify().output(0, 4)),
                model("free height and width, no shape of the output", g -> {
                    g.graph.addInput(ForeignGraphs.value("x", TensorProto.DataType.FLOAT, 0, 3, 0, 0));
                    g.graph.addInitializer(Tensors.floats("zero", List.of(), 0f));
                    g.node("Add", List.of("x", "zero"), "y");
                    ForeignGraphs rest = new ForeignGraphs();
                    rest.input = "y";
                    rest.images().flattenAndClassify();
                    g.graph.addAllNode(rest.graph.getNodeList()).addAllInitializer(rest.graph.getInitializerList());
                    g.graph.addOutput(ForeignGraphs.value("scores", TensorProto.DataType.FLOAT, 0, 0));
                }));
    }

    private static Arguments model(String name, Consumer<ForeignGraphs> build) {
        return Arguments.of(name, build);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void answersAsTheForeignModelWould(String name, Consumer<ForeignGraphs> build) throws IOException {
        ForeignGraphs graph = new ForeignGraphs();
        build.accept(graph);
        requireAnswers(importing(graph.write(directory), RGB, false), RGB, 1e-5);
    }

    @Test
    void givesTheChannelsInTheOrderAsked() throws IOException {
        ForeignGraphs graph = new ForeignGraphs().images().flattenAndClassify().output(0, 4);
        requireAnswers(importing(graph.write(directory), BGR, false), BGR, 1e-5);
    }

    @Test
    void scalesAsTorchvisionWhereWhiteIsOne() throws IOException {
        ForeignGraphs graph = new ForeignGraphs().images().flattenAndClassify().output(0, 4);
        requireAnswers(importing(graph.write(directory), Normalization.IMAGENET, false), Normalization.IMAGENET, 1e-5);
    }

    @Test
    void castsForModelsOfHalfPrecision() throws IOException {
        ForeignGraphs graph = new ForeignGraphs();
        graph.type = TensorProto.DataType.FLOAT16;
        graph.graph.addInput(ForeignGraphs.value("half", graph.type, 0, 3, ForeignGraphs.SIZE, ForeignGraphs.SIZE));
        graph.node("Cast", List.of("half"), "y", Nodes.attribute("to", (long) TensorProto.DataType.FLOAT_VALUE));
        ForeignGraphs rest = new ForeignGraphs();
        rest.input = "y";
        rest.images().flattenAndClassify();
        graph.graph.addAllNode(rest.graph.getNodeList()).addAllInitializer(rest.graph.getInitializerList());
        graph.node("Cast", List.of("scores"), "out", Nodes.attribute("to", (long) TensorProto.DataType.FLOAT16_VALUE))
                .output(0, 4);
        requireAnswers(importing(graph.write(directory), RGB, false), RGB, 2e-3);
    }

    @Test
    void obeysTheUserWhoSaysLogits() throws IOException {
        ForeignGraphs graph =
                new ForeignGraphs().images().flattenAndClassify().softmax().output(0, 4);
        TopK answers = run(importing(graph.write(directory), RGB, true));
        double[] twice = ReferenceForward.softmax(expected(RGB, 0));
        double[] sorted = Stream.of(twice[0], twice[1], twice[2], twice[3])
                .sorted((a, b) -> Double.compare(b, a))
                .mapToDouble(Double::doubleValue)
                .toArray();
        assertThat((double) answers.probabilities()[0]).isCloseTo(sorted[0], within(1e-5));
    }

    @Test
    void takesWeightsFromFilesBesideTheModel() throws IOException {
        ForeignGraphs graph = new ForeignGraphs().images().flattenAndClassify().output(0, 4);
        Path file = Externalised.write(graph, directory, "parts/kernel.data");
        requireAnswers(importing(file, RGB, false), RGB, 1e-5);
    }

    @Test
    void movesLargeWeightsToThePackagesOwnFile() throws IOException {
        ForeignGraphs graph = new ForeignGraphs().images().flattenAndClassify();
        float[] matrix = new float[4 * 1024];
        graph.constant(Tensors.floats("large", List.of(4L, 1024L), matrix));
        graph.constant(Tensors.int64s("axis", 1));
        graph.node("ReduceSum", List.of("large", "axis"), "zeros", Nodes.attribute("keepdims", 0L));
        graph.node("Add", List.of("scores", "zeros"), "sum").output(0, 4);
        Path written = importing(graph.write(directory), RGB, false);
        assertThat(written.resolve("weights.bin")).hasSize(matrix.length * 4L);
        assertThat(Files.size(written.resolve("model.onnx"))).isLessThan(matrix.length * 4L);
        requireAnswers(written, RGB, 1e-5);
    }

    @Test
    void leavesTheForeignOperatorSetAsItIs() throws IOException {
        ForeignGraphs graph = new ForeignGraphs();
        graph.operatorSet = 9;
        graph.images().flattenAndClassify().output(0, 4);
        Path written = importing(graph.write(directory), RGB, false);
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(written.resolve("model.onnx")));
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(9);
        assertThat(model.getGraph().getInputCount()).isEqualTo(1);
    }

    private Path importing(Path file, Normalization normalization, boolean logits) throws IOException {
        Path target = Files.createDirectory(directory.resolve("package"));
        foreign(file, normalization, logits).writeTo(target, Progress.NONE);
        return target;
    }

    private static ForeignModel foreign(Path file, Normalization normalization, boolean logits) {
        return new ForeignModel(file, LABELS, INPUT, normalization, logits, 10, sessions());
    }

    private static OnnxSessionFactory sessions() {
        return new OnnxSessionFactory(SessionOptions.cpu(1));
    }

    private static TopK run(Path written) {
        try (InferenceSession session = sessions().open(written.resolve(ModelManifest.MODEL_FILE))) {
            return session.run(DrawnFrames.draw(INPUT), DrawnFrames.COUNT);
        }
    }

    private static void requireAnswers(Path written, Normalization normalization, double tolerance) {
        TopK answers = run(written);
        for (int frame = 0; frame < DrawnFrames.COUNT; frame++) {
            double[] expected = expected(normalization, frame);
            for (int i = frame * 4; i < frame * 4 + 4; i++) {
                assertThat((double) answers.probabilities()[i])
                        .isCloseTo(expected[(int) answers.classes()[i]], within(tolerance));
                assertThat(i % 4 == 0 || answers.probabilities()[i] <= answers.probabilities()[i - 1])
                        .isTrue();
            }
        }
    }

    /** What {@link ForeignGraphs} compute, in double precision. */
    private static double[] expected(Normalization normalization, int frame) {
        ByteBuffer frames = DrawnFrames.draw(INPUT);
        double[] logits = new double[ForeignGraphs.CLASSES];
        for (int j = 0; j < logits.length; j++) {
            logits[j] = ForeignGraphs.BIAS[j];
        }
        int pixels = ForeignGraphs.SIZE * ForeignGraphs.SIZE;
        for (int c = 0; c < 3; c++) {
            int colour = normalization.order() == ChannelOrder.BGR ? 2 - c : c;
            for (int pixel = 0; pixel < pixels; pixel++) {
                int value = frames.get((frame * pixels + pixel) * 3 + colour) & 0xFF;
                double scaled = value * normalization.white() / 255.0;
                double normalised = (scaled - normalization.mean().get(c))
                        / normalization.std().get(c);
                for (int j = 0; j < logits.length; j++) {
                    logits[j] += ForeignGraphs.WEIGHT[j * 3 + c] * normalised * ForeignGraphs.weightOfPixel(pixel);
                }
            }
        }
        return ReferenceForward.softmax(logits);
    }
}
