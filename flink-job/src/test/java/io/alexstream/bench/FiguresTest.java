package io.alexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void medianOfAnEvenCountLiesBetweenTheMiddleTwo() {
        assertThat(Figures.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
    }

    @Test
    void percentileIsAValueThatWasMeasured() {
        double[] hundred =
                LongStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();
        assertThat(Figures.percentile(hundred, 0.5)).isEqualTo(50);
        assertThat(Figures.percentile(hundred, 0.99)).isEqualTo(99);
        assertThat(Figures.percentile(hundred, 1)).isEqualTo(100);
    }

    @Test
    void steadyRateOfBatchesIsTheirSizeOverTheirDistance() {
        // 20 batches of 32, one each 320 ms: 100 a second, though within a batch all complete at once.
        long[] steps = LongStream.range(0, 640).map(i -> i / 32 * 320).toArray();
        assertThat(Figures.steadyRate(steps, 64)).isCloseTo(100, within(1.0));
    }

    @Test
    void steadyRateLeavesSlowEdgesOut() {
        long[] slowAtBothEnds = LongStream.range(0, 400)
                .map(i -> i < 40 ? i * 100 : i < 360 ? 4000 + (i - 40) * 10 : 7200 + (i - 360) * 100)
                .toArray();
        assertThat(Figures.steadyRate(slowAtBothEnds, 40)).isCloseTo(100, within(0.5));
    }
}
