package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.testing.DrawnImages;
import io.alexstream.image.testing.EncodedBytes;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours are the stored values as Pillow's {@code convert("RGB")} takes them; frames of the same size show them as they are. */
class ColoursTest {

    private static final int SIDE = 32;
    private static final InputSpec AS_IS = InputSpec.square(SIDE, SIDE);

    @Test
    void repeatsGrayWithoutGamma() {
        BufferedImage gray = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        fill(gray.getRaster(), (x, y, band) -> 8 * x + y / 4);

        assertPixels(DrawnImages.png(gray), (x, y, channel) -> 8 * x + y / 4);
    }

    @Test
    void repeatsGrayOfAJpeg() {
        BufferedImage gray = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        fill(gray.getRaster(), (x, y, band) -> 77);

        assertPixels(DrawnImages.jpeg(gray, 1f, false), (x, y, channel) -> 77);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void spreadsGrayOfFewBits(int bits) {
        int last = (1 << bits) - 1;
        byte[] levels = new byte[last + 1];
        for (int i = 0; i <= last; i++) {
            levels[i] = (byte) (i * 255 / last);
        }
        BufferedImage gray = indexed(bits, levels, levels, levels);

        assertPixels(DrawnImages.png(gray), (x, y, channel) -> (x + y) % (last + 1) * 255 / last);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void looksUpThePalette(int bits) {
        byte[] red = new byte[1 << bits];
        byte[] green = new byte[1 << bits];
        byte[] blue = new byte[1 << bits];
        for (int i = 0; i < 1 << bits; i++) {
            red[i] = (byte) (i * 37 + 5);
            green[i] = (byte) (i * 11 + 200);
            blue[i] = (byte) (i * 101 + 60);
        }
        BufferedImage image = indexed(bits, red, green, blue);
        byte[][] colours = {red, green, blue};

        assertPixels(DrawnImages.png(image), (x, y, channel) -> colours[channel][(x + y) % (1 << bits)]);
        if (bits != 2) { // which BMP has not
            assertPixels(DrawnImages.bmp(image), (x, y, channel) -> colours[channel][(x + y) % (1 << bits)]);
        }
        assertPixels(DrawnImages.gif(image), (x, y, channel) -> colours[channel][(x + y) % (1 << bits)]);
    }

    @Test
    void dropsAlphaAsItIs() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_4BYTE_ABGR);
        fill(image.getRaster(), (x, y, band) -> band == 3 ? x : 8 * x + y + band);

        assertPixels(DrawnImages.png(image), (x, y, channel) -> 8 * x + y + channel);
    }

    @Test
    void dropsTheTransparentColourOfAPng() {
        BufferedImage image = DrawnImages.picture(SIDE, SIDE, 1);
        byte[] png = DrawnImages.png(image);
        byte[] transparent = EncodedBytes.withChunk(png, EncodedBytes.chunk("tRNS", new byte[6]));

        assertThat(Frames.frame(Frames.preprocessor(), transparent, AS_IS))
                .isEqualTo(Frames.frame(Frames.preprocessor(), png, AS_IS));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "2, 3", "4, 2", "6, 4"})
    void takesTheHighByteOfSixteenBits(int colourType, int channels) {
        byte[] rows = new byte[SIDE * (1 + 2 * SIDE * channels)];
        for (int y = 0; y < SIDE; y++) {
            for (int i = 0; i < SIDE * channels; i++) {
                int at = y * (1 + 2 * SIDE * channels) + 1 + 2 * i;
                rows[at] = (byte) (7 * (i / channels) + 3 * (i % channels) + y);
                rows[at + 1] = (byte) 0xFF;
            }
        }
        byte[] png = Pngs.png(SIDE, SIDE, 16, colourType, rows);

        assertPixels(png, (x, y, channel) -> 7 * x + (channels < 3 ? 0 : 3 * channel) + y);
    }

    @Test
    void readsGrayWithAlpha() {
        byte[] rows = new byte[SIDE * (1 + 2 * SIDE)];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                rows[y * (1 + 2 * SIDE) + 1 + 2 * x] = (byte) (x * 5 + y);
                rows[y * (1 + 2 * SIDE) + 2 + 2 * x] = (byte) x;
            }
        }

        assertPixels(Pngs.png(SIDE, SIDE, 8, 4, rows), (x, y, channel) -> x * 5 + y);
    }

    /** Ink is stored inverted; what Pillow makes of 255 - (200, 120, 40, 220) was taken from Pillow's formula by hand. */
    @Test
    void convertsCmykAsPillowDoes() {
        byte[] jpeg = cmyk(0, 200, 120, 40, 220);
        int[] expected = new int[3];
        int[] stored = {200, 120, 40};
        for (int channel = 0; channel < 3; channel++) {
            expected[channel] = (int) Math.round(220 - (255 - stored[channel]) * 220 / 255.0);
        }

        assertPixels(jpeg, (x, y, channel) -> expected[channel]);
    }

    @Test
    void convertsYcckAsPillowDoes() {
        // Y, Cb, Cr of the inverse of an ink; K stored inverted.
        byte[] jpeg = cmyk(2, 100, 110, 150, 200);
        double[] rgb = {100 + 1.402 * 22, 100 - 0.344136 * -18 - 0.714136 * 22, 100 + 1.772 * -18};
        int[] expected = new int[3];
        for (int channel = 0; channel < 3; channel++) {
            // libjpeg stores 255 - R as C, Pillow inverts it to R as ink.
            long ink = Math.round(rgb[channel]);
            expected[channel] = (int) Math.round(200 - ink * 200 / 255.0);
        }

        assertPixels(jpeg, (x, y, channel) -> expected[channel]);
    }

    @Test
    void takesTheChannelsOfAnRgbJpegAsTheyAre() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        fill(image.getRaster(), (x, y, band) -> 50 + 60 * band);
        byte[] ycc = DrawnImages.jpeg(image, 1f, false);
        int jfif = EncodedBytes.indexOf(ycc, EncodedBytes.join("JFIF"), 0);
        byte[] withoutJfif = EncodedBytes.join(
                EncodedBytes.slice(ycc, 0, 2), adobe(0), EncodedBytes.slice(ycc, jfif + 14, ycc.length));

        byte[] asYcc = Frames.frame(Frames.preprocessor(), ycc, AS_IS);
        byte[] asRgb = Frames.frame(Frames.preprocessor(), withoutJfif, AS_IS);

        assertThat(asYcc[0] & 0xff).isBetween(49, 51);
        // Y = 0.299 * 50 + 0.587 * 110 + 0.114 * 170, now taken for red.
        assertThat(asRgb[0] & 0xff).isBetween(98, 100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ignoresColourProfiles(boolean isJpeg) {
        BufferedImage image = DrawnImages.picture(SIDE, SIDE, 2);
        byte[] plain = isJpeg ? DrawnImages.jpeg(image, 0.9f, false) : DrawnImages.png(image);
        byte[] garbage = EncodedBytes.join("ICC_PROFILE\0", 1, 1, new byte[200]);
        byte[] profiled = isJpeg
                ? EncodedBytes.insert(plain, 2, EncodedBytes.segment(0xE2, garbage))
                : EncodedBytes.withChunk(plain, EncodedBytes.chunk("iCCP", garbage));

        assertThat(Frames.frame(Frames.preprocessor(), profiled, AS_IS))
                .isEqualTo(Frames.frame(Frames.preprocessor(), plain, AS_IS));
    }

    @Test
    void decodesProgressiveAsBaseline() {
        BufferedImage image = DrawnImages.picture(200, 150, 3);

        assertThat(Frames.frame(Frames.preprocessor(), DrawnImages.jpeg(image, 0.8f, true), Frames.INPUT_227))
                .isEqualTo(Frames.frame(Frames.preprocessor(), DrawnImages.jpeg(image, 0.8f, false), Frames.INPUT_227));
    }

    private static BufferedImage indexed(int bits, byte[] red, byte[] green, byte[] blue) {
        IndexColorModel model = new IndexColorModel(bits, 1 << bits, red, green, blue);
        WritableRaster raster = bits == 8
                ? Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 1, null)
                : Raster.createPackedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 1, bits, null);
        fill(raster, (x, y, band) -> (x + y) % (1 << bits));
        return new BufferedImage((ColorModel) model, raster, false, null);
    }

    private static byte[] cmyk(int transform, int... values) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 4, null);
        fill(raster, (x, y, band) -> values[band]);
        return EncodedBytes.insert(DrawnImages.rawJpeg(raster), 2, adobe(transform));
    }

    private static byte[] adobe(int transform) {
        return EncodedBytes.segment(0xEE, EncodedBytes.join("Adobe", 0, 100, 0, 0, 0, 0, transform));
    }

    private static void fill(WritableRaster raster, Sample sample) {
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++) {
                for (int band = 0; band < raster.getNumBands(); band++) {
                    raster.setSample(x, y, band, sample.at(x, y, band) & 0xff);
                }
            }
        }
    }

    private static void assertPixels(byte[] encoded, Sample expected) {
        byte[] pixels = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) expected.at(i / 3 % SIDE, i / 3 / SIDE, i % 3);
        }
        byte[] frame = Frames.frame(Frames.preprocessor(), encoded, AS_IS);
        assertThat(Arrays.mismatch(frame, pixels))
                .as("first sample that differs")
                .isEqualTo(-1);
    }

    private interface Sample {
        int at(int x, int y, int band);
    }
}
