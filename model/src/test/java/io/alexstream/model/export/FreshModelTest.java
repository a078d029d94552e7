package io.alexstream.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.ModelSignature;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.inference.TopK;
import io.alexstream.model.network.InitialWeights;
import io.alexstream.model.network.Initialization;
import io.alexstream.model.network.Layer;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Shape;
import io.alexstream.model.network.TinyNet;
import io.alexstream.model.testing.ReferenceForward;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FreshModelTest {

    @TempDir
    private Path directory;

    /** Not square, a stride that does not divide, LRN strong enough to matter, several pools: what layouts get wrong. */
    static Stream<Network> networks() {
        return Stream.of(
                TinyNet.of(7),
                new Network(
                        "oblong",
                        new Shape(3, 21, 30),
                        List.of(
                                new Layer.Convolution("conv1", 9, 5, 3, 1),
                                new Layer.Relu("relu1"),
                                new Layer.LocalResponseNormalization("norm1", 2, 5, 0.3, 0.75),
                                new Layer.MaxPool("pool1", 3, 2),
                                new Layer.Dropout("drop", 0.5),
                                new Layer.FullyConnected("fc", 6))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void answersAsTheDefinitionsOfItsLayersSay(Network network) throws IOException {
        FreshModel model = model(network, new Initialization.He(1), 5, 4);
        model.writeTo(directory, Progress.NONE);
        ReferenceForward reference =
                new ReferenceForward(network, new InitialWeights(network, new Initialization.He(1), 5));
        TopK answers = run(model.input());
        assertThat(answers.k()).isEqualTo(4);
        for (int frame = 0; frame < DrawnFrames.COUNT; frame++) {
            double[] expected = reference.probabilities(frame(model.input(), frame));
            int[] order = order(expected);
            for (int i = 0; i < 4; i++) {
                assertThat(answers.classes()[frame * 4 + i]).isEqualTo(order[i]);
                assertThat((double) answers.probabilities()[frame * 4 + i]).isCloseTo(expected[order[i]], within(2e-6));
            }
        }
    }

    @Test
    void hasTheServingSignature() throws IOException {
        model(TinyNet.of(7), Initialization.he(), 1, 10).writeTo(directory, Progress.NONE);
        try (InferenceSession session = open()) {
            assertThat(session.signature()).isEqualTo(new ModelSignature(32, 32, 7));
        }
    }

    @Test
    void breaksTiesByRisingClass() throws IOException {
        FreshModel model = model(TinyNet.of(12), new Initialization.He(0), 1, 10);
        model.writeTo(directory, Progress.NONE);
        TopK answers = run(model.input());
        for (int i = 0; i < answers.classes().length; i++) {
            assertThat(answers.classes()[i]).isEqualTo(i % 10);
            assertThat(answers.probabilities()[i]).isCloseTo(1f / 12, within(1e-6f));
        }
    }

    @Test
    void writesTheSameBytesForASeedAndOthersForAnother() throws IOException {
        FreshModel model = FreshModel.tiny(labels(5), 42);
        Path[] copies = new Path[3];
        for (int i = 0; i < 3; i++) {
            copies[i] = Files.createDirectory(directory.resolve("copy" + i));
            (i < 2 ? model : FreshModel.tiny(labels(5), 43)).writeTo(copies[i], Progress.NONE);
        }
        assertThat(copies[1].resolve("model.onnx")).hasSameBinaryContentAs(copies[0].resolve("model.onnx"));
        assertThat(copies[1].resolve("weights.bin")).hasSameBinaryContentAs(copies[0].resolve("weights.bin"));
        assertThat(Files.mismatch(copies[2].resolve("weights.bin"), copies[0].resolve("weights.bin")))
                .isNotNegative();
    }

    @Test
    void refusesLabelsThatAreNotOneAClass() {
        assertThatThrownBy(() -> new FreshModel(TinyNet.of(3), 36, labels(4), Initialization.he(), 1, 10))
                .hasMessageContaining("3 classes")
                .hasMessageContaining("4 labels");
    }

    private static FreshModel model(Network network, Initialization initialization, long seed, int topK) {
        return new FreshModel(network, 36, labels(network.classes()), initialization, seed, topK);
    }

    private static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "label " + i).toList();
    }

    private TopK run(InputSpec input) {
        try (InferenceSession session = open()) {
            return session.run(DrawnFrames.draw(input), DrawnFrames.COUNT);
        }
    }

    private InferenceSession open() {
        return new OnnxSessionFactory(SessionOptions.cpu(1)).open(directory.resolve(ModelManifest.MODEL_FILE));
    }

    private static byte[] frame(InputSpec input, int index) {
        ByteBuffer frames = DrawnFrames.draw(input);
        byte[] frame = new byte[input.frameBytes()];
        frames.get(index * frame.length, frame);
        return frame;
    }

    private static int[] order(double[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted((a, b) -> Double.compare(probabilities[b], probabilities[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
