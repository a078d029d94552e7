package io.alexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.inference.TopK;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real classifier, where it is there: its answers to four real frames, computed apart from this project. */
class SqueezeNetITCase {

    private static final int WHOLE = 227;
    private static final int SIZE = 224;

    private final Path shared = Path.of(System.getProperty("alexstream.shared", "shared"));

    @TempDir
    private Path directory;

    @BeforeEach
    void skipWhereItIsAbsent() {
        assumeThat(shared.resolve("models/squeezenet1.1.onnx"))
                .as("the real model is not here, so this test is skipped")
                .exists();
    }

    @Test
    void answersRealFramesAsPublished() throws IOException {
        CommandRun run = CommandRun.of(
                "import",
                "--name",
                "squeezenet",
                "--onnx",
                shared.resolve("models/squeezenet1.1.onnx").toString(),
                "--labels",
                shared.resolve("models/imagenet-synset-words.txt").toString(),
                "--input-size",
                "224",
                "--channel-order",
                "BGR",
                "--mean",
                "104,117,123",
                "--std",
                "1,1,1",
                "--out",
                directory.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        List<String> expected = Files.readAllLines(shared.resolve("models/squeezenet1.1-expected.tsv"));
        int checked = 0;
        try (InferenceSession session =
                new OnnxSessionFactory(SessionOptions.cpu(2)).open(directory.resolve("squeezenet/1/model.onnx"))) {
            for (String line : expected.subList(1, expected.size())) {
                String[] fields = line.split("\t");
                String image = fields[0].substring(0, fields[0].indexOf('.'));
                Path frame = shared.resolve("images/" + image + ".227x227x3.rgb");
                if (Files.exists(frame)) {
                    requireAnswer(session.run(crop(frame, fields[0]), 1), fields);
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(4);
    }

    private static void requireAnswer(TopK answer, String[] fields) {
        String[] classes = fields[2].split(",");
        String[] probabilities = fields[3].split(",");
        for (int i = 0; i < 3; i++) {
            assertThat(answer.classes()[i]).isEqualTo(Long.parseLong(classes[i]));
            assertThat((double) answer.probabilities()[i])
                    .isCloseTo(Double.parseDouble(probabilities[i]), within(1e-3));
        }
    }

    /** The centre crop of 224 out of that of 227; both begin at round-half-even of half of what is left. */
    private ByteBuffer crop(Path frame, String image) throws IOException {
        BufferedImage size =
                ImageIO.read(shared.resolve("images/imagenet-sample/" + image).toFile());
        int shorter = Math.min(size.getWidth(), size.getHeight());
        int left = begin(256 * size.getWidth() / shorter);
        int top = begin(256 * size.getHeight() / shorter);
        byte[] whole = Files.readAllBytes(frame);
        ByteBuffer crop = ByteBuffer.allocateDirect(SIZE * SIZE * 3);
        for (int y = 0; y < SIZE; y++) {
            crop.put(whole, ((y + top) * WHOLE + left) * 3, SIZE * 3);
        }
        return crop;
    }

    private static int begin(int length) {
        return (int) (Math.rint((length - SIZE) / 2.0) - Math.rint((length - WHOLE) / 2.0));
    }
}
