package io.alexstream.image;

import static io.alexstream.contract.DeadLetterReason.CORRUPT_IMAGE;
import static io.alexstream.contract.DeadLetterReason.IMAGE_TOO_LARGE;
import static io.alexstream.contract.DeadLetterReason.UNSUPPORTED_FORMAT;
import static io.alexstream.image.testing.EncodedBytes.join;
import static io.alexstream.image.testing.EncodedBytes.little16;
import static io.alexstream.image.testing.EncodedBytes.little32;
import static io.alexstream.image.testing.EncodedBytes.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.testing.DrawnImages;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BmpTest {

    private static final BufferedImage PICTURE = DrawnImages.picture(61, 47, 1);
    private static final byte[] BMP = DrawnImages.bmp(DrawnImages.as(BufferedImage.TYPE_3BYTE_BGR, PICTURE));
    private static final InputSpec TWO = InputSpec.square(2, 2);

    @Test
    void readsTwentyFourBits() {
        assertThat(Frames.frame(Frames.preprocessor(), BMP, Frames.INPUT_227))
                .isEqualTo(ReferenceResize.frame(PICTURE, Frames.INPUT_227));
    }

    @Test
    void readsRowsFromTheTopWhereTheHeightIsNegative() {
        byte[] rows = join(1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0);

        assertThat(frame(bmp(2, -2, 24, 0, new byte[0], rows))).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10);
        assertThat(frame(bmp(2, 2, 24, 0, new byte[0], rows))).containsExactly(9, 8, 7, 12, 11, 10, 3, 2, 1, 6, 5, 4);
    }

    @Test
    void scalesFiveAndSixBits() {
        byte[] rows = join(little16(0x7C1F), little16(0x03E0), little16(0x0421), little16(0x1084));

        assertThat(frame(bmp(2, -2, 16, 0, new byte[0], rows)))
                .containsExactly(-1, 0, -1, 0, -1, 0, 8, 8, 8, 32, 32, 32);
        byte[] masks = join(little32(0xF800), little32(0x07E0), little32(0x1F));
        assertThat(frame(bmp(2, -2, 16, 3, masks, rows))).startsWith(123, (byte) (32 * 255 / 63), -1);
    }

    @Test
    void dropsTheFourthByteOfThirtyTwoBits() {
        byte[] rows = join(1, 2, 3, 99, 4, 5, 6, 98, 7, 8, 9, 97, 10, 11, 12, 96);

        assertThat(frame(bmp(2, -2, 32, 0, new byte[0], rows))).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10);
    }

    @Test
    void refusesRunsThatEndEarly() {
        Refusals.assertUndecodable(CORRUPT_IMAGE, sized(bmp(2, 2, 8, 1, grays(), join(2, 1, 0, 1))));
        Refusals.assertUndecodable(CORRUPT_IMAGE, sized(bmp(2, 2, 8, 1, grays(), join(2, 1, 0, 0))));
        Refusals.assertUndecodable(CORRUPT_IMAGE, sized(bmp(2, 2, 8, 1, grays(), join(0, 2, 1))));
        Refusals.assertUndecodable(CORRUPT_IMAGE, sized(bmp(2, 2, 8, 1, grays(), join(0, 200, 1, 1))));
    }

    @ParameterizedTest
    @CsvSource({"BI_RLE8, 256", "BI_RLE4, 16"})
    void refusesRunsThatAreCutAnywhereBeforeTheLastPixel(String compression, int colours) throws IOException {
        byte[] bmp = compressed(compression, colours);
        assertThat(Frames.frame(Frames.preprocessor(), bmp, Frames.INPUT_227)).isNotEmpty();
        // The last four bytes end the last row and the picture, which need not be said.
        for (int length = 100; length < bmp.length - 8; length += 7) {
            Refusals.assertUndecodable(CORRUPT_IMAGE, sized(slice(bmp, 0, length)));
        }
    }

    /** With its real length in its headers, which say it otherwise: the JDK reads as much as they say. */
    private static byte[] sized(byte[] bmp) {
        ByteBuffer header = ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(2, bmp.length).putInt(34, bmp.length - header.getInt(10));
        return bmp;
    }

    /** Runs, pixels written out and ends of rows, as the JDK writes them. */
    private static byte[] compressed(String compression, int colours) throws IOException {
        byte[] grays = new byte[colours];
        for (int i = 0; i < colours; i++) {
            grays[i] = (byte) (i * 255 / (colours - 1));
        }
        int bits = colours == 16 ? 4 : 8;
        IndexColorModel palette = new IndexColorModel(bits, colours, grays, grays, grays);
        int type = bits == 4 ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_INDEXED;
        BufferedImage indexed = new BufferedImage(61, 47, type, palette);
        for (int y = 0; y < 47; y++) {
            for (int x = 0; x < 61; x++) {
                indexed.getRaster().setSample(x, y, 0, (x < 30 ? y : x * 7 + y) % colours);
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("bmp").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionType(compression);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(indexed, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @Test
    void takesRunsThatLeaveOutTheEndOfTheirLastRow() {
        byte[] whole = sized(bmp(2, 2, 8, 1, grays(), join(2, 1, 0, 0, 2, 5, 0, 1)));
        byte[] shorter = sized(bmp(2, 2, 8, 1, grays(), join(2, 1, 0, 0, 1, 5, 0, 1)));

        assertThat(frame(whole)).containsExactly(5, 5, 5, 5, 5, 5, 1, 1, 1, 1, 1, 1);
        assertThat(frame(shorter)).containsExactly(5, 5, 5, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void refusesATruncatedBmp() {
        for (int length = 2; length < BMP.length - 3; length += 101) {
            Refusals.assertUndecodable(CORRUPT_IMAGE, slice(BMP, 0, length));
        }
    }

    @Test
    void refusesSizesThatLie() {
        Refusals.assertUndecodable(IMAGE_TOO_LARGE, bmp(100_000, 100_000, 24, 0, new byte[0], new byte[12]));
        Refusals.assertUndecodable(IMAGE_TOO_LARGE, bmp(1, Integer.MIN_VALUE, 24, 0, new byte[0], new byte[12]));
        Refusals.assertUndecodable(CORRUPT_IMAGE, bmp(-5, 5, 24, 0, new byte[0], new byte[12]));
        Refusals.assertUndecodable(CORRUPT_IMAGE, bmp(5000, 5000, 24, 0, new byte[0], new byte[12]));
        Refusals.assertUndecodable(CORRUPT_IMAGE, bmp(5000, 5000, 8, 1, grays(), new byte[12]));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void refusesJpegAndPngInside(int compression) {
        Refusals.assertUndecodable(UNSUPPORTED_FORMAT, bmp(2, 2, 24, compression, new byte[0], new byte[16]));
    }

    private static byte[] frame(byte[] bmp) {
        return Frames.frame(Frames.preprocessor(), bmp, TWO);
    }

    private static byte[] grays() {
        byte[] palette = new byte[4 * 16];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = (byte) (i / 4);
        }
        return palette;
    }

    private static byte[] bmp(int width, int height, int bits, int compression, byte[] table, byte[] rows) {
        int data = 54 + table.length;
        return join(
                "BM",
                little32(data + rows.length),
                little32(0),
                little32(data),
                little32(40),
                little32(width),
                little32(height),
                little16(1),
                little16(bits),
                little32(compression),
                little32(0x7FFFFFFF),
                little32(0),
                little32(0),
                little32(bits <= 8 ? table.length / 4 : 0),
                little32(0),
                table,
                rows);
    }
}
