package io.alexstream.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.model.network.GrownWeights;
import io.alexstream.model.network.InitialWeights;
import io.alexstream.model.network.Initialization;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.TinyNet;
import io.alexstream.model.network.Weights;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.testing.ReferenceForward;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedModelTest {

    private static final Network NETWORK = TinyNet.of(3);
    private static final Weights WEIGHTS = new InitialWeights(NETWORK, new Initialization.He(1), 5);

    @TempDir
    private Path directory;

    private static TrainedModel model(Weights weights, double off) {
        TrainedModel plain = new TrainedModel(
                NETWORK,
                TinyNet.RESIZE,
                List.of("a", "b", "c"),
                weights,
                Map.of("source", "train"),
                10,
                null,
                null,
                new TrainedModel.Proof(ByteBuffer.allocateDirect(0), new float[0][]),
                new OnnxSessionFactory(SessionOptions.cpu(1)));
        ByteBuffer frames = DrawnFrames.draw(plain.input());
        ReferenceForward reference = new ReferenceForward(NETWORK, WEIGHTS);
        float[][] answers = new float[DrawnFrames.COUNT][3];
        for (int i = 0; i < answers.length; i++) {
            byte[] frame = new byte[plain.input().frameBytes()];
            frames.get(i * frame.length, frame);
            double[] expected = reference.probabilities(frame);
            for (int c = 0; c < 3; c++) {
                answers[i][c] = (float) expected[c];
            }
        }
        answers[4][1] += (float) off;
        return new TrainedModel(
                NETWORK,
                TinyNet.RESIZE,
                plain.labels(),
                weights,
                plain.origin(),
                10,
                null,
                null,
                new TrainedModel.Proof(frames, answers),
                plain.sessions());
    }

    @Test
    void isWrittenWhereOnnxRuntimeAnswersAsTheTrainer() throws IOException {
        Path written =
                PackageWriter.onCpu().write(directory, "n", model(WEIGHTS, 0)).directory();
        StoredModel stored = StoredModel.read(written, 3);
        assertThat(stored.network()).isEqualTo(NETWORK);
        for (Parameter parameter : NETWORK.parameters()) {
            assertThat(values(parameter, stored.weights())).isEqualTo(values(parameter, WEIGHTS));
        }
        assertThat(model(WEIGHTS, 0).difference(written)).isLessThan(2e-6);
    }

    @Test
    void isNotWrittenWhereOneProbabilityDiffers() {
        assertThatThrownBy(() -> PackageWriter.onCpu().write(directory, "n", model(WEIGHTS, 2e-4)))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageContaining("differ from the trainer's by up to 0.00020")
                .hasMessageContaining("1e-04");
        assertThat(directory.resolve("n")).isEmptyDirectory();
    }

    @Test
    void isNotWrittenWhereTheWeightsChangeMeanwhile() {
        int[] opened = {0};
        Weights moving = parameter -> {
            Weights.ValueStream stream = WEIGHTS.open(parameter);
            boolean second = parameter.name().equals("fc4.bias") && opened[0]++ > 0;
            return (into, count) -> {
                stream.next(into, count);
                if (second) {
                    into[count - 1] = -0f;
                }
            };
        };
        assertThatThrownBy(() -> PackageWriter.onCpu().write(directory, "n", model(moving, 0)))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage("fc4.bias was not written as it was trained");
    }

    @Test
    void readsOnlyNetworksOfOurs() throws IOException {
        Path written =
                PackageWriter.onCpu().write(directory, "n", model(WEIGHTS, 0)).directory();
        assertThatThrownBy(() -> StoredModel.read(written, 4))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageContaining("fc4.weight of the shape [4, 48]");
        Files.write(written.resolve("model.onnx"), new byte[0]);
        assertThatThrownBy(() -> StoredModel.read(written, 3))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageContaining("its graph is ''");
    }

    @Test
    void keepsTheRowsOfOldClassesWhenItGrows() {
        Network larger = TinyNet.of(5);
        Weights fresh = new InitialWeights(larger, Initialization.he(), 8);
        Weights grown = new GrownWeights(WEIGHTS, NETWORK, larger, fresh);
        for (int i = 0; i < larger.parameters().size(); i++) {
            Parameter parameter = larger.parameters().get(i);
            float[] old = values(NETWORK.parameters().get(i), WEIGHTS);
            float[] expected = values(parameter, fresh);
            System.arraycopy(old, 0, expected, 0, old.length);
            assertThat(values(parameter, grown)).as(parameter.name()).isEqualTo(expected);
            // In pieces that do not end where the old values do.
            Weights.ValueStream stream = grown.open(parameter);
            float[] pieces = new float[expected.length];
            for (int from = 0; from < pieces.length; from += 7) {
                float[] piece = new float[Math.min(7, pieces.length - from)];
                stream.next(piece, piece.length);
                System.arraycopy(piece, 0, pieces, from, piece.length);
            }
            assertThat(pieces).isEqualTo(expected);
        }
    }

    private static float[] values(Parameter parameter, Weights weights) {
        float[] values = new float[Math.toIntExact(parameter.size())];
        weights.open(parameter).next(values, values.length);
        return values;
    }
}
