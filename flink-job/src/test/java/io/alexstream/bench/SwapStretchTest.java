package io.alexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.bench.SwapStretch.Speed;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwapStretchTest {

    private static final Speed USUAL = new Speed(40, 400);

    @Test
    void countsWhereTheMachineKeptItsSpeed() {
        assertThat(counts(new Speed(50, 500))).isTrue();
        assertThat(counts(new Speed(32, 320))).isTrue();
    }

    @Test
    void doesNotCountWhereTheJobSustainedAnotherRateBehindIt() {
        assertThat(counts(new Speed(50.1, 400))).isFalse();
        assertThat(counts(new Speed(31.9, 400))).isFalse();
    }

    @Test
    void doesNotCountWhereABatchTookAnotherTimeBehindIt() {
        assertThat(counts(new Speed(40, 501))).isFalse();
        assertThat(counts(new Speed(40, 319))).isFalse();
    }

    @Test
    void doesNotCountWhereItWarmsUp() {
        assertThat(new SwapStretch(List.of(), List.of(), USUAL, USUAL, true).counts())
                .isFalse();
    }

    @Test
    void aBatchTookTheMeanOfBeforeAndAfter() {
        assertThat(stretch(new Speed(40, 500)).batchMillis()).isEqualTo(450);
    }

    private static boolean counts(Speed after) {
        return stretch(after).counts();
    }

    private static SwapStretch stretch(Speed after) {
        return new SwapStretch(List.of(), List.of(), USUAL, after, false);
    }
}
