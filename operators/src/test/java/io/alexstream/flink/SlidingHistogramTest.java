package io.alexstream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.flink.metrics.HistogramStatistics;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SlidingHistogramTest {

    private static final Offset<Double> EXACT = Offset.offset(1e-9);

    @Test
    void keepsTheFractionOfAMillisecond() {
        SlidingHistogram histogram = SlidingHistogram.ofNanosAsMillis();
        LongStream.rangeClosed(1, 100).forEach(micros -> histogram.update(micros * 20_000));
        HistogramStatistics statistics = histogram.getStatistics();
        assertThat(statistics.getQuantile(0.5)).isEqualTo(1.0, EXACT);
        assertThat(statistics.getQuantile(0.01)).isEqualTo(0.02, EXACT);
        assertThat(statistics.getMean()).isEqualTo(1.01, EXACT);
        assertThat(statistics.getStdDev()).isEqualTo(Math.sqrt((100.0 * 100 - 1) / 12) * 0.02, EXACT);
        assertThat(statistics.getMin()).isZero();
        assertThat(statistics.getMax()).isEqualTo(2);
    }

    @Test
    void givesValuesThatAreNoTimesAsTheyAre() {
        SlidingHistogram histogram = SlidingHistogram.ofValues();
        LongStream.of(32, 1, 32, 7).forEach(histogram::update);
        assertThat(histogram.getStatistics().getValues()).containsExactly(1, 7, 32, 32);
        assertThat(histogram.getStatistics().getQuantile(0.99)).isEqualTo(32);
    }

    @Test
    void saysZeroBeforeTheFirstValue() {
        HistogramStatistics statistics = SlidingHistogram.ofValues().getStatistics();
        assertThat(statistics.size()).isZero();
        assertThat(statistics.getQuantile(0.5) + statistics.getMean() + statistics.getStdDev())
                .isZero();
        assertThat(statistics.getMax() + statistics.getMin()).isZero();
    }

    @Test
    void forgetsAllButTheLastValuesAndCountsThemAll() {
        SlidingHistogram histogram = SlidingHistogram.ofValues();
        LongStream.range(0, 5_000).forEach(histogram::update);
        assertThat(histogram.getCount()).isEqualTo(5_000);
        assertThat(histogram.getStatistics().getValues())
                .containsExactly(LongStream.range(5_000 - 1_024, 5_000).toArray());
    }

    @Test
    void losesNoUpdateOfSeveralThreads() throws Exception {
        SlidingHistogram histogram = SlidingHistogram.ofValues();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> ends = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            long from = thread * 256L;
            ends.add(threads.submit(() -> LongStream.range(from, from + 256).forEach(histogram::update)));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        threads.shutdown();
        // Every value once: no two updates took one place of the window.
        assertThat(Arrays.stream(histogram.getStatistics().getValues()).boxed())
                .containsExactlyElementsOf(LongStream.range(0, 1_024).boxed().toList());
        assertThat(histogram.getCount()).isEqualTo(1_024);
    }

    @Test
    void allocatesNothingToUpdate() {
        SlidingHistogram histogram = SlidingHistogram.ofNanosAsMillis();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            histogram.update(i);
        }
        // Less than a byte an update: what the measurement itself takes.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }
}
