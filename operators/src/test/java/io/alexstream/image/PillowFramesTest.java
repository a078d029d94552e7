package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.InputSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real photographs: the frames must be those that Pillow 9.4 makes, to the bit. */
class PillowFramesTest {

    private static final InputSpec INPUT = InputSpec.square(227, 256);

    private final FramePreprocessor frames =
            new FramePreprocessor(ImageLimits.ofDefaults(), new ImageIoDecoder(), false);

    @Test
    void makesTheFramesOfPillowOfEveryPhotograph() throws IOException, NoSuchAlgorithmException {
        List<String> lines = Files.readAllLines(SharedFiles.at("images/frames-227.tsv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] nameAndSum = line.split("\t", -1);
            byte[] frame = frame(SharedFiles.bytes("images/imagenet-sample/" + nameAndSum[0]));
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(frame);
            assertThat(HexFormat.of().formatHex(sum)).as(nameAndSum[0]).isEqualTo(nameAndSum[1]);
        }
        assertThat(lines).hasSize(201);
    }

    private byte[] frame(byte[] encoded) {
        ByteBuffer slot = ByteBuffer.allocateDirect(INPUT.frameBytes());
        try (PreparedImage image = frames.prepare(encoded)) {
            image.writeFrame(INPUT, slot);
        }
        byte[] frame = new byte[INPUT.frameBytes()];
        slot.get(frame);
        return frame;
    }
}
