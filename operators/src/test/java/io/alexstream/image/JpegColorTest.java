package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The colour coding that libjpeg, and so Pillow, assumes from a JPEG's markers. Pictures of one colour, so JPEG is exact. */
class JpegColorTest {

    private static final Offset<Integer> ROUNDING = Offset.offset(2);

    private final byte[] unmarked = jpeg(100, 150, 90);
    private final byte[] fourChannels = jpeg(200, 150, 100, 220);

    @Test
    void takesUnmarkedThreeChannelsForLuminanceAndChroma() {
        // The JDK's reader, left alone, takes these for RGB, since nothing is subsampled.
        assertColor(unmarked, 47, 120, 139);
    }

    @Test
    void takesThemForRgbWhereAdobesMarkerSaysSo() {
        assertColor(adobe(unmarked, 0), 100, 150, 90);
        assertColor(adobe(unmarked, 1), 47, 120, 139);
    }

    @Test
    void trustsTheJfifMarkerMoreThanAdobes() {
        byte[] jfif =
                new FileBytes().ascii("JFIF\0").bytes(1, 2, 0, 0, 1, 0, 1, 0, 0).toArray();
        assertColor(ImageGateTest.withSegment(adobe(unmarked, 0), 0xE0, jfif), 47, 120, 139);
    }

    @Test
    void takesFourChannelsForInvertedInks() {
        // Each channel of light times the light that black lets through: 200 * 220 / 255 and so on.
        assertColor(fourChannels, 173, 129, 86);
        assertColor(adobe(fourChannels, 0), 173, 129, 86);
    }

    @Test
    void makesInksOfLuminanceAndChroma() {
        // 255 - R, 255 - G and 255 - B of the YCbCr colour (200, 150, 100), as light through black of 220.
        assertColor(adobe(fourChannels, 2), 81, 37, 14);
    }

    private static void assertColor(byte[] jpeg, int red, int green, int blue) {
        byte[] rgb = DrawnPicture.rgb(DrawnPicture.decode(jpeg));
        assertThat(rgb).hasSize(3 * 16 * 16);
        for (int i = 0; i < rgb.length; i += 3) {
            assertThat(rgb[i] & 0xFF).as("red").isCloseTo(red, ROUNDING);
            assertThat(rgb[i + 1] & 0xFF).as("green").isCloseTo(green, ROUNDING);
            assertThat(rgb[i + 2] & 0xFF).as("blue").isCloseTo(blue, ROUNDING);
        }
    }

    private static byte[] adobe(byte[] jpeg, int transform) {
        byte[] marker = new FileBytes()
                .ascii("Adobe")
                .bytes(0, 100, 0, 0, 0, 0, transform)
                .toArray();
        return ImageGateTest.withSegment(jpeg, 0xEE, marker);
    }

    /** Stored samples without any marker that says what they are. */
    private static byte[] jpeg(int... samples) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, samples.length, null);
        for (int i = 0; i < 16 * 16; i++) {
            raster.setPixel(i % 16, i / 16, samples);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
