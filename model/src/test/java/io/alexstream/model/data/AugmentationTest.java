package io.alexstream.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alexstream.model.network.Shape;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final int SIDE = 8;
    private static final Shape FRAME = new Shape(3, 4, 4);

    /** Every pixel knows its row and column. */
    private static byte[] patch() {
        byte[] patch = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < SIDE * SIDE; i++) {
            patch[3 * i] = (byte) (i / SIDE);
            patch[3 * i + 1] = (byte) (i % SIDE);
            patch[3 * i + 2] = 77;
        }
        return patch;
    }

    private static byte[] frame(Augmentation augmentation, long seed, float[] shift) {
        ByteBuffer slot = ByteBuffer.allocate(FRAME.size());
        augmentation.write(patch(), SIDE, FRAME, seed, slot, shift, 0);
        assertThat(slot.hasRemaining()).isFalse();
        return slot.array();
    }

    @Test
    void cutsTheCentreWhereNothingIsVaried() {
        float[] shift = new float[3];
        byte[] frame = frame(Augmentation.NONE, 1, shift);
        assertThat(frame[0]).isEqualTo((byte) 2);
        assertThat(frame[1]).isEqualTo((byte) 2);
        assertThat(frame[frame.length - 3]).isEqualTo((byte) 5);
        assertThat(shift).containsOnly(0);
    }

    @Test
    void cropsEverywhereAndFlipsWholeRows() {
        Set<String> places = new HashSet<>();
        for (long seed = 0; seed < 2000; seed++) {
            byte[] frame = frame(new Augmentation(true, true, false), seed, new float[3]);
            int step = frame[4] - frame[1];
            assertThat(Math.abs(step)).isEqualTo(1);
            for (int i = 0; i < 16; i++) {
                assertThat(frame[3 * i]).isEqualTo((byte) (frame[0] + i / 4));
                assertThat(frame[3 * i + 1]).isEqualTo((byte) (frame[1] + step * (i % 4)));
                assertThat(frame[3 * i + 2]).isEqualTo((byte) 77);
            }
            places.add(frame[0] + " " + Math.min(frame[1], frame[10]) + " " + step);
        }
        assertThat(places).hasSize(5 * 5 * 2);
    }

    @Test
    void shiftsColoursAlongTheirComponents() {
        double[] squares = new double[3];
        for (long seed = 0; seed < 4000; seed++) {
            float[] shift = new float[3];
            frame(Augmentation.PAPER, seed, shift);
            for (int c = 0; c < 3; c++) {
                squares[c] += shift[c] * shift[c] / 4000;
            }
        }
        // The first component leads: 0.1 x 0.2175 x about 0.58 in each channel.
        assertThat(Math.sqrt(squares[0])).isCloseTo(0.1 * Math.hypot(0.2175 * 0.5675, 0.0188 * 0.7192), within(5e-4));
        assertThat(Math.sqrt(squares[2])).isCloseTo(0.1 * Math.hypot(0.2175 * 0.5836, 0.0188 * 0.6948), within(5e-4));
    }

    @Test
    void isTheSameForASeed() {
        float[] first = new float[3];
        float[] second = new float[3];
        assertThat(frame(Augmentation.PAPER, 9, first)).isEqualTo(frame(Augmentation.PAPER, 9, second));
        assertThat(first).isEqualTo(second);
    }
}
