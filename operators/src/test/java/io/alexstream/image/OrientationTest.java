package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.testing.DrawnImages;
import io.alexstream.image.testing.EncodedBytes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {

    /** An odd surplus on both sides, so that a crop taken before turning would be off by one. */
    private static final BufferedImage STORED = DrawnImages.picture(301, 257, 4);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void framesEqualThoseOfAnImageTurnedBefore(int orientation) {
        byte[] tagged = EncodedBytes.withChunk(
                DrawnImages.png(STORED),
                EncodedBytes.chunk("eXIf", EncodedBytes.exif(orientation, orientation % 2 == 0)));
        byte[] turned = DrawnImages.png(turned(STORED, orientation));
        InputSpec oblong = new InputSpec(50, 227, 256, InputSpec.CENTER, InputSpec.BILINEAR_ANTIALIAS);

        for (InputSpec input : new InputSpec[] {Frames.INPUT_227, oblong, InputSpec.square(64, 64)}) {
            assertThat(Frames.frame(Frames.preprocessor(), tagged, input))
                    .isEqualTo(Frames.frame(Frames.preprocessor(), turned, input));
        }
    }

    @Test
    void readsTheOrientationOfAJpeg() {
        byte[] jpeg = DrawnImages.jpeg(STORED, 0.9f, false);
        byte[] tagged = EncodedBytes.withExif(jpeg, EncodedBytes.exif(6, false));
        try (PreparedImage image = Frames.preprocessor().prepare(tagged)) {
            assertThat(image.width()).isEqualTo(257);
            assertThat(image.height()).isEqualTo(301);
        }
    }

    @Test
    void leavesTheImageAsItIsStoredWhenSwitchedOff() {
        byte[] jpeg = DrawnImages.jpeg(STORED, 0.9f, false);
        byte[] tagged = EncodedBytes.withExif(jpeg, EncodedBytes.exif(6, false));

        assertThat(Frames.frame(Frames.storedOrientation(), tagged, Frames.INPUT_227))
                .isEqualTo(Frames.frame(Frames.preprocessor(), jpeg, Frames.INPUT_227));
    }

    @Test
    void takesBadExifForUpright() {
        byte[] jpeg = DrawnImages.jpeg(60, 40, 1);
        byte[] good = EncodedBytes.exif(6, false);
        byte[] expected = Frames.frame(Frames.preprocessor(), jpeg, Frames.INPUT_227);
        for (byte[] exif : new byte[][] {
            {},
            EncodedBytes.slice(good, 0, 7),
            EncodedBytes.slice(good, 0, 14),
            EncodedBytes.exif(0, true),
            EncodedBytes.exif(9, true),
            EncodedBytes.join("XX", EncodedBytes.slice(good, 2, good.length)),
            EncodedBytes.join("MM", 0, 42, 0xFF, 0xFF, 0xFF, 0xFF, EncodedBytes.slice(good, 8, good.length)),
            EncodedBytes.join("MM", 0, 42, 0, 0, 0, 8, 0xFF, 0xFF, new byte[300]),
        }) {
            byte[] tagged = EncodedBytes.withExif(jpeg, exif);
            assertThat(Frames.frame(Frames.preprocessor(), tagged, Frames.INPUT_227))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Landscape", "Portrait"})
    void allOrientationsOfOnePictureGiveNearlyOneFrame(String name) throws IOException {
        Path folder = SharedFiles.at("odd/exif");
        byte[] upright = Frames.frame(
                Frames.preprocessor(), Files.readAllBytes(folder.resolve(name + "_1.jpg")), Frames.INPUT_227);
        for (int orientation = 2; orientation <= 8; orientation++) {
            byte[] encoded = Files.readAllBytes(folder.resolve(name + "_" + orientation + ".jpg"));
            byte[] frame = Frames.frame(Frames.preprocessor(), encoded, Frames.INPUT_227);
            long difference = 0;
            for (int i = 0; i < frame.length; i++) {
                difference += Math.abs((frame[i] & 0xff) - (upright[i] & 0xff));
            }
            // Each file was turned and compressed anew.
            assertThat((double) difference / frame.length)
                    .as(name + " " + orientation)
                    .isLessThan(6.0);
        }
    }

    /** As EXIF 2.32 words it: which side of the picture row 0 and column 0 are. */
    private static BufferedImage turned(BufferedImage stored, int orientation) {
        int width = stored.getWidth();
        int height = stored.getHeight();
        boolean swaps = orientation > 4;
        BufferedImage turned =
                new BufferedImage(swaps ? height : width, swaps ? width : height, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int fromRight = width - 1 - column;
                int fromBottom = height - 1 - row;
                int rgb = stored.getRGB(column, row);
                switch (orientation) {
                    case 1 -> turned.setRGB(column, row, rgb); // row 0 top, column 0 left
                    case 2 -> turned.setRGB(fromRight, row, rgb); // top, right
                    case 3 -> turned.setRGB(fromRight, fromBottom, rgb); // bottom, right
                    case 4 -> turned.setRGB(column, fromBottom, rgb); // bottom, left
                    case 5 -> turned.setRGB(row, column, rgb); // left, top
                    case 6 -> turned.setRGB(fromBottom, column, rgb); // right, top
                    case 7 -> turned.setRGB(fromBottom, fromRight, rgb); // right, bottom
                    default -> turned.setRGB(row, fromRight, rgb); // left, bottom
                }
            }
        }
        return turned;
    }
}
