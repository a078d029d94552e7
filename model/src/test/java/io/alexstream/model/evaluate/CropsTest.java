package io.alexstream.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.InputSpec;
import io.alexstream.inference.TopK;
import io.alexstream.model.data.LabelledImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CropsTest {

    /** Frames 1 high and 2 wide of a square of 4. */
    private static final InputSpec INPUT = new InputSpec(1, 2, 4, InputSpec.CENTER, InputSpec.BILINEAR_ANTIALIAS);

    @Test
    void tenAreTheCornersTheCentreAndTheirMirrorImages() {
        InputSpec read = Crops.TEN.read(INPUT);
        assertThat(read).isEqualTo(InputSpec.square(4, 4));
        byte[] square = new byte[read.frameBytes()];
        for (int i = 0; i < square.length; i++) {
            square[i] = (byte) (i / 3); // the pixel's number, row by row
        }
        ByteBuffer slots = ByteBuffer.allocate(10 * INPUT.frameBytes());
        Crops.TEN.write(square, INPUT, slots);
        assertThat(slots.hasRemaining()).isFalse();
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            frames.add(slots.get(i * 6) + " " + slots.get(i * 6 + 3));
        }
        assertThat(frames)
                .containsExactly("0 1", "1 0", "2 3", "3 2", "12 13", "13 12", "14 15", "15 14", "5 6", "6 5");
    }

    @Test
    void theCentreIsWhatServingSees() {
        assertThat(Crops.CENTER.read(INPUT)).isEqualTo(INPUT);
        ByteBuffer slots = ByteBuffer.allocate(INPUT.frameBytes());
        Crops.CENTER.write(new byte[] {1, 2, 3, 4, 5, 6}, INPUT, slots);
        assertThat(slots.array()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void answersAreAveraged() {
        MeanAnswer mean = new MeanAnswer(4);
        TopK two = new TopK(2, 2, new float[] {0.5f, 0.25f, 0.75f, 0.125f}, new long[] {3, 1, 1, 0});
        mean.add(two, 0);
        mean.add(two, 1);
        Answer answer = mean.answer(new LabelledImage("k", "file:/k", "x"), 3);
        assertThat(answer.classes()).containsExactly(1, 3);
        assertThat(answer.probabilities()).containsExactly(0.5f, 0.25f);
        assertThat(answer.rank()).isEqualTo(1);
    }

    @Test
    void ofEqualsTheLowerClassComesFirst() {
        MeanAnswer mean = new MeanAnswer(300);
        mean.add(new TopK(1, 2, new float[] {0.5f, 0.5f}, new long[] {290, 7}), 0);
        assertThat(mean.answer(new LabelledImage("k", "file:/k", "x"), 7).classes())
                .containsExactly(7, 290);
    }
}
