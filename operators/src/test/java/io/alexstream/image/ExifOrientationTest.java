package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.InputSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifOrientationTest {

    private static final int SHORT = 3;

    private final ImageGate gate = new ImageGate(ImageLimits.ofDefaults());
    private final byte[] jpeg = DrawnPicture.encode("jpeg", DrawnPicture.gradient(48, 32));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsTheTagOfJpegPngAndWebp(int orientation) {
        assertThat(orientation(inJpeg(little(orientation, SHORT)))).isEqualTo(orientation);
        assertThat(orientation(inJpeg(big(orientation)))).isEqualTo(orientation);
        assertThat(orientation(inPng(big(orientation)))).isEqualTo(orientation);
        assertThat(orientation(inWebp(little(orientation, SHORT)))).isEqualTo(orientation);
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "9, 3", "65535, 3", "6, 2", "6, 99"})
    void takesWhatMakesNoSenseForUpright(int value, int type) {
        assertThat(orientation(inJpeg(little(value, type)))).isEqualTo(1);
    }

    @Test
    void takesABlockThatIsCutOffOrPointsOutsideForUpright() {
        byte[] whole = little(6, SHORT);
        for (int length = 0; length < whole.length - 4; length++) {
            assertThat(orientation(inJpeg(Arrays.copyOf(whole, length)))).isEqualTo(1);
        }
        for (int offset : new int[] {-1, Integer.MAX_VALUE, 1 << 20}) {
            byte[] astray = new FileBytes()
                    .ascii("II*\0")
                    .little32(offset)
                    .all(new byte[20])
                    .toArray();
            assertThat(orientation(inJpeg(astray))).isEqualTo(1);
        }
    }

    @Test
    void isAppliedOnlyWhereAskedFor() {
        byte[] turned = inJpeg(little(3, SHORT));
        byte[] upright = frame(jpeg, true);
        assertThat(frame(turned, false)).isEqualTo(upright);
        assertThat(frame(turned, true)).isNotEqualTo(upright);
    }

    /** One photograph stored in all eight ways: nearly the same frame from each. */
    @ParameterizedTest
    @ValueSource(strings = {"Landscape", "Portrait"})
    void showsOnePhotographAlikeHoweverItIsStored(String name) {
        InputSpec input = InputSpec.square(227, 256);
        byte[] upright = frame(SharedFiles.bytes("odd/exif/" + name + "_1.jpg"), true, input);
        for (int orientation = 2; orientation <= 8; orientation++) {
            byte[] frame = frame(SharedFiles.bytes("odd/exif/" + name + "_" + orientation + ".jpg"), true, input);
            long difference = 0;
            for (int i = 0; i < frame.length; i++) {
                difference += Math.abs((frame[i] & 0xFF) - (upright[i] & 0xFF));
            }
            // The files carry their number in the picture, and JPEG's blocks fall elsewhere.
            assertThat((double) difference / frame.length)
                    .as("orientation %d", orientation)
                    .isLessThan(6);
        }
    }

    private static byte[] frame(byte[] encoded, boolean applyOrientation) {
        return frame(encoded, applyOrientation, InputSpec.square(20, 24));
    }

    private static byte[] frame(byte[] encoded, boolean applyOrientation, InputSpec input) {
        FramePreprocessor frames =
                new FramePreprocessor(ImageLimits.ofDefaults(), new ImageIoDecoder(), applyOrientation);
        ByteBuffer slot = ByteBuffer.allocate(input.frameBytes());
        try (PreparedImage image = frames.prepare(encoded)) {
            image.writeFrame(input, slot);
        }
        return slot.array();
    }

    private int orientation(byte[] encoded) {
        return gate.check(encoded).orientation();
    }

    /** A TIFF header and a directory of two entries, the second the orientation; least byte first. */
    private static byte[] little(int value, int type) {
        return new FileBytes()
                .ascii("II*\0")
                .little32(8)
                .little16(2)
                .all(new byte[12])
                .little16(0x0112)
                .little16(type)
                .little32(1)
                .little32(value)
                .toArray();
    }

    private static byte[] big(int value) {
        return new FileBytes()
                .ascii("MM\0*")
                .big32(8)
                .big16(1)
                .big16(0x0112)
                .big16(SHORT)
                .big32(1)
                .big16(value)
                .big16(0)
                .toArray();
    }

    private byte[] inJpeg(byte[] tiff) {
        byte[] exif = new FileBytes().ascii("Exif\0\0").all(tiff).toArray();
        return ImageGateTest.withSegment(jpeg, 0xE1, exif);
    }

    private static byte[] inPng(byte[] tiff) {
        byte[] png = DrawnPicture.encode("png", DrawnPicture.gradient(8, 8));
        int end = png.length - 12;
        return new FileBytes()
                .all(Arrays.copyOf(png, end))
                .chunk("eXIf", tiff)
                .all(Arrays.copyOfRange(png, end, png.length))
                .toArray();
    }

    private static byte[] inWebp(byte[] tiff) {
        byte[] simple = WebpSamples.lossless();
        byte[] content = new FileBytes()
                .ascii("WEBP")
                .riff("VP8X", new byte[] {8, 0, 0, 0, 11, 0, 0, 9, 0, 0})
                .all(Arrays.copyOfRange(simple, 12, simple.length))
                .riff("EXIF", tiff)
                .toArray();
        return new FileBytes().riff("RIFF", content).toArray();
    }
}
