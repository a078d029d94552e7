package io.alexstream.flink;

import java.util.Arrays;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * Sorted values at one moment. Quantiles, mean and deviation keep the fraction of a unit; what Flink wants as whole numbers is
 * rounded outwards (min and max) or to the nearest. Immutable.
 */
final class SlidingStatistics extends HistogramStatistics {

    private final long[] sorted;
    private final double scale;

    /** @param scale how many of the values' units make one that is reported */
    SlidingStatistics(long[] sorted, double scale) {
        this.sorted = sorted;
        this.scale = scale;
    }

    @Override
    public double getQuantile(double quantile) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(quantile * sorted.length);
        return sorted[Math.min(sorted.length - 1, Math.max(0, rank - 1))] / scale;
    }

    @Override
    public long[] getValues() {
        return Arrays.stream(sorted).map(value -> Math.round(value / scale)).toArray();
    }

    @Override
    public int size() {
        return sorted.length;
    }

    @Override
    public double getMean() {
        return Arrays.stream(sorted).average().orElse(0) / scale;
    }

    @Override
    public double getStdDev() {
        double mean = Arrays.stream(sorted).average().orElse(0);
        double variance = Arrays.stream(sorted)
                .mapToDouble(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        return Math.sqrt(variance) / scale;
    }

    @Override
    public long getMax() {
        return sorted.length == 0 ? 0 : (long) Math.ceil(sorted[sorted.length - 1] / scale);
    }

    @Override
    public long getMin() {
        return sorted.length == 0 ? 0 : (long) Math.floor(sorted[0] / scale);
    }
}
