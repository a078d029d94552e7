package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.testing.DrawnImages;
import io.alexstream.testing.AllocatedBytes;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AntialiasedResizeTest {

    @ParameterizedTest(name = "{0} x {1} to {2} of {3}")
    @CsvSource({
        "500, 375, 227, 256", "375, 500, 227, 256", "256, 256, 227, 256", "256, 400, 227, 256", "401, 256, 227, 256",
        "227, 227, 227, 227", "1, 1, 227, 256", "3, 2, 227, 256", "1, 300, 64, 64", "900, 17, 31, 33",
        "1023, 769, 224, 256", "257, 255, 227, 256", "33, 34, 16, 16", "640, 480, 1, 1", "64, 48, 299, 342"
    })
    void equalsPillowsAlgorithmToTheBit(int width, int height, int crop, int resize) {
        BufferedImage picture = DrawnImages.picture(width, height, width + height);
        InputSpec input = InputSpec.square(crop, resize);

        byte[] frame = Frames.frame(Frames.preprocessor(), DrawnImages.png(picture), input);

        assertThat(frame).isEqualTo(ReferenceResize.frame(picture, input));
    }

    @Test
    void takesFramesThatAreNotSquare() {
        BufferedImage picture = DrawnImages.picture(333, 444, 9);
        InputSpec input = new InputSpec(100, 61, 128, InputSpec.CENTER, InputSpec.BILINEAR_ANTIALIAS);

        byte[] frame = Frames.frame(Frames.preprocessor(), DrawnImages.png(picture), input);

        assertThat(frame).isEqualTo(ReferenceResize.frame(picture, input));
    }

    /** The sums are Pillow 12.3's of the same PNGs. */
    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({
        "500, 375, 1, d51832cf3bd114c5e25d19f0caca781c988909fcd0de656b9874150e9d648ac7",
        "375, 500, 2, cf36651253baa1e1d7c455247c5525612538728d9c692893b5352303aa222944",
        "1201, 803, 3, 33daf933fcb6636a88fea5a3fa93e3c540c59381ebac682487a6eeb1659cad8f",
        "100, 90, 4, 5b15d826dd06b7ad79f26915fda2401c1c9a5334f994e8915eaf057b70d49b1f"
    })
    void makesTheFramesThatPillowMakes(int width, int height, int seed, String sum) {
        byte[] png = DrawnImages.png(DrawnImages.picture(width, height, seed));

        assertThat(Frames.sha256(Frames.frame(Frames.preprocessor(), png, Frames.INPUT_227)))
                .isEqualTo(sum);
    }

    @Test
    void computesOnlyTheCropOfAnImageOfOneRow() {
        BufferedImage row = DrawnImages.picture(2_000_000, 1, 3);

        byte[] frame = Frames.frame(Frames.preprocessor(), DrawnImages.png(row), Frames.INPUT_227);

        // 256 frame pixels a source pixel: the crop shows the middle one and its neighbour.
        assertThat(frame[3 * 113] & 0xff).isEqualTo(row.getRGB(1_000_000, 0) >> 16 & 0xff);
    }

    @Test
    void writesFromTheSlotsPositionAndLeavesItThere() {
        byte[] png = DrawnImages.png(DrawnImages.picture(300, 300, 5));
        byte[] alone = Frames.frame(Frames.preprocessor(), png, Frames.INPUT_227);
        int frameBytes = Frames.INPUT_227.frameBytes();
        ByteBuffer slots = ByteBuffer.allocateDirect(3 * frameBytes).position(frameBytes);

        try (PreparedImage image = Frames.preprocessor().prepare(png)) {
            image.writeFrame(Frames.INPUT_227, slots);
        }

        assertThat(slots.position()).isEqualTo(frameBytes);
        byte[] all = new byte[3 * frameBytes];
        slots.get(0, all);
        assertThat(all).startsWith(new byte[frameBytes]).endsWith(new byte[frameBytes]);
        assertThat(ByteBuffer.wrap(all, frameBytes, frameBytes)).isEqualTo(ByteBuffer.wrap(alone));
    }

    @Test
    void reusesItsArraysForAnySequenceOfSizes() {
        FramePreprocessor preprocessor = Frames.preprocessor();
        int[][] sizes = {{700, 300}, {40, 60}, {256, 256}, {300, 900}};
        int[][] inputs = {{227, 256}, {64, 70}, {299, 342}};
        for (int[] size : sizes) {
            BufferedImage picture = DrawnImages.picture(size[0], size[1], 6);
            for (int[] square : inputs) {
                InputSpec input = InputSpec.square(square[0], square[1]);
                assertThat(Frames.frame(preprocessor, DrawnImages.png(picture), input))
                        .isEqualTo(ReferenceResize.frame(picture, input));
            }
        }
    }

    @Test
    void takesNoMemoryForAFrameOfASizeThatItHasSeen() {
        int rounds = 20;
        ByteBuffer slot = ByteBuffer.allocateDirect(Frames.INPUT_227.frameBytes());
        FramePreprocessor preprocessor = Frames.preprocessor();
        byte[] wide = DrawnImages.png(DrawnImages.picture(500, 375, 7));
        byte[] tall = DrawnImages.png(DrawnImages.picture(375, 500, 7));

        try (PreparedImage first = preprocessor.prepare(wide);
                PreparedImage second = preprocessor.prepare(tall)) {
            first.writeFrame(Frames.INPUT_227, slot);
            second.writeFrame(Frames.INPUT_227, slot);
            long before = AllocatedBytes.ofThisThread();
            for (int i = 0; i < rounds; i++) {
                first.writeFrame(Frames.INPUT_227, slot);
                second.writeFrame(Frames.INPUT_227, slot);
            }
            long aFrame = (AllocatedBytes.ofThisThread() - before) / (2 * rounds);
            // Four numbers of the geometry, as long as the code is interpreted; one row would be 681.
            assertThat(aFrame).isLessThan(256);
        }
    }
}
