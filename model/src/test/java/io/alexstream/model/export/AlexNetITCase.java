package io.alexstream.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alexstream.contract.ModelManifest;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.inference.TopK;
import io.alexstream.model.network.AlexNet;
import io.alexstream.model.network.InitialWeights;
import io.alexstream.model.network.Initialization;
import io.alexstream.model.network.Network;
import io.alexstream.model.testing.ReferenceForward;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AlexNet whole, 230 MB of it, with the paper's normalisation. */
class AlexNetITCase {

    @TempDir
    private Path directory;

    @Test
    void answersAsTheDefinitionsOfItsLayersSay() throws IOException {
        Network network = AlexNet.of(3, true);
        Initialization initialization = new Initialization.He(1);
        FreshModel model = new FreshModel(network, AlexNet.RESIZE, List.of("ant", "bee", "cat"), initialization, 9, 3);
        model.writeTo(directory, Progress.NONE);
        byte[] frame = new byte[model.input().frameBytes()];
        ByteBuffer frames = DrawnFrames.draw(model.input());
        frames.get(3 * frame.length, frame);
        double[] expected =
                new ReferenceForward(network, new InitialWeights(network, initialization, 9)).probabilities(frame);
        try (InferenceSession session =
                new OnnxSessionFactory(SessionOptions.cpu(2)).open(directory.resolve(ModelManifest.MODEL_FILE))) {
            TopK answers = session.run(frames, 4);
            for (int i = 9; i < 12; i++) {
                assertThat((double) answers.probabilities()[i])
                        .isCloseTo(expected[(int) answers.classes()[i]], within(1e-4));
            }
        }
    }
}
