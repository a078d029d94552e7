package io.alexstream.image;

import static io.alexstream.contract.DeadLetterReason.CORRUPT_IMAGE;
import static io.alexstream.contract.DeadLetterReason.IMAGE_TOO_LARGE;
import static io.alexstream.image.testing.EncodedBytes.join;
import static io.alexstream.image.testing.EncodedBytes.little16;
import static io.alexstream.image.testing.EncodedBytes.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.testing.DrawnImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class GifTest {

    /** Large enough for codes of all lengths and for a full table. */
    private static final byte[] GIF =
            DrawnImages.gif(DrawnImages.as(BufferedImage.TYPE_BYTE_INDEXED, DrawnImages.picture(260, 200, 1)));

    private static final InputSpec FOUR = InputSpec.square(4, 4);

    /** Two by two pixels of colours 1, 2, 3, 0 in codes of three bits, then the end. */
    private static final byte[] DATA = lzw(1, 2, 3, 0);

    @Test
    void decodesWhatTheJdkDecodes() throws IOException {
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(GIF));

        assertThat(Frames.frame(Frames.preprocessor(), GIF, Frames.INPUT_227))
                .isEqualTo(ReferenceResize.frame(decoded, Frames.INPUT_227));
    }

    @Test
    void placesTheFrameOnItsCanvas() {
        byte[] frame = Frames.frame(Frames.preprocessor(), gif(4, 4, 1, 2, 2, 2, 0, DATA), FOUR);

        assertThat(reds(frame)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 20, 0, 0, 30, 0, 0);
    }

    @Test
    void fillsTheCanvasWithTheTransparentColour() {
        byte[] control = join(0x21, 0xF9, 4, 1, 0, 0, 3, 0);
        byte[] gif = gif(4, 4, 1, 2, 2, 2, 0, DATA);
        byte[] transparent = join(slice(gif, 0, 25), control, slice(gif, 25, gif.length));

        assertThat(reds(Frames.frame(Frames.preprocessor(), transparent, FOUR)))
                .containsExactly(30, 30, 30, 30, 30, 30, 30, 30, 30, 10, 20, 30, 30, 30, 0, 30);
    }

    @Test
    void putsInterlacedRowsInOrder() {
        // Rows come as 0, (4), 2, then 1 and 3; here the first pass has row 0, the third row 2.
        byte[] square = Frames.frame(
                Frames.preprocessor(),
                gif(4, 4, 0, 0, 4, 4, 0x40, lzw(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)),
                FOUR);
        assertThat(reds(square)).containsExactly(0, 0, 0, 0, 20, 20, 20, 20, 10, 10, 10, 10, 30, 30, 30, 30);
    }

    @Test
    void refusesAFrameThatEndsEarly() {
        Refusals.assertUndecodable(CORRUPT_IMAGE, gif(4, 4, 0, 0, 4, 4, 0, DATA));
        for (int length = 6; length < GIF.length - 1; length += 211) {
            Refusals.assertUndecodable(CORRUPT_IMAGE, slice(GIF, 0, length));
        }
    }

    @Test
    void refusesCodesThatAreNotKnown() {
        Refusals.assertUndecodable(CORRUPT_IMAGE, gif(2, 2, 0, 0, 2, 2, 0, lzw(1, 7, 7, 7)));
        byte[] gif = gif(2, 2, 0, 0, 2, 2, 0, DATA);
        gif[35] = 13;
        Refusals.assertUndecodable(CORRUPT_IMAGE, gif);
    }

    @Test
    void refusesACanvasTooLarge() {
        Refusals.assertUndecodable(IMAGE_TOO_LARGE, gif(65535, 65535, 0, 0, 1, 1, 0, DATA));
        Refusals.assertUndecodable(IMAGE_TOO_LARGE, slice(gif(65535, 65535, 0, 0, 1, 1, 0, DATA), 0, 12));
        Refusals.assertUndecodable(IMAGE_TOO_LARGE, gif(1, 1, 65535, 65535, 1, 1, 0, DATA));
    }

    /** A GIF with the grays 0, 10, 20, 30. */
    private static byte[] gif(
            int width, int height, int left, int top, int frameWidth, int frameHeight, int flags, byte[] data) {
        return join(
                "GIF89a",
                little16(width),
                little16(height),
                0x81,
                0,
                0,
                0,
                0,
                0,
                10,
                10,
                10,
                20,
                20,
                20,
                30,
                30,
                30,
                0x2C,
                little16(left),
                little16(top),
                little16(frameWidth),
                little16(frameHeight),
                flags,
                2,
                data.length,
                data,
                0,
                0x3B);
    }

    /** Codes of three bits, each behind a clear code so that they stay that long. */
    private static byte[] lzw(int... indices) {
        byte[] bytes = new byte[(6 * indices.length + 3 + 7) / 8];
        int bit = 0;
        for (int i = 0; i <= 2 * indices.length; i++) {
            int code = i == 2 * indices.length ? 5 : i % 2 == 0 ? 4 : indices[i / 2];
            for (int j = 0; j < 3; j++, bit++) {
                bytes[bit / 8] |= (byte) ((code >> j & 1) << bit % 8);
            }
        }
        return bytes;
    }

    private static int[] reds(byte[] frame) {
        int[] reds = new int[frame.length / 3];
        for (int i = 0; i < reds.length; i++) {
            reds[i] = frame[3 * i] & 0xff;
        }
        return reds;
    }
}
