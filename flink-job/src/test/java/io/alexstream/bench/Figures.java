package io.alexstream.bench;

import java.util.Arrays;
import java.util.List;

/** Statistics of what was measured. */
final class Figures {

    private Figures() {}

    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The smallest value that {@code share} of all values do not exceed. */
    static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** By how much y rises when x rises by one, by least squares. */
    static double slope(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < x.length; i++) {
            covariance += (x[i] - meanX) * (y[i] - meanY);
            variance += (x[i] - meanX) * (x[i] - meanX);
        }
        if (variance == 0) {
            throw new IllegalArgumentException("a slope needs two different moments; measure longer");
        }
        return covariance / variance;
    }

    /**
     * Completions a second in steady state: the slope of the line through count over time. Frames complete by batches, in
     * steps; a line through all of them errs less than two moments do.
     *
     * @param millis when each completed, in any order
     * @param edge so many at the beginning and at the end are left out: the start, and the tail that fills no batch
     */
    static double steadyRate(long[] millis, int edge) {
        long[] sorted = millis.clone();
        Arrays.sort(sorted);
        int from = Math.min(edge, sorted.length / 4);
        int to = sorted.length - from;
        double meanTime = Arrays.stream(sorted, from, to).average().orElseThrow();
        double meanCount = (from + to - 1) / 2.0;
        double covariance = 0;
        double variance = 0;
        for (int i = from; i < to; i++) {
            covariance += (sorted[i] - meanTime) * (i - meanCount);
            variance += (sorted[i] - meanTime) * (sorted[i] - meanTime);
        }
        if (variance == 0) {
            throw new IllegalArgumentException("all of " + millis.length + " completed at once; measure longer");
        }
        return covariance / variance * 1000;
    }
}
