package io.alexstream.gpubench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long runs took that followed each other without a pause.
 *
 * @param runs how many were measured
 * @param meanMillis from one's end to the next one's
 * @param p50Millis of a run, the median
 * @param p99Millis what 99 of 100 runs do not exceed; the longest where there were fewer
 */
record Timing(int runs, double meanMillis, double p50Millis, double p99Millis) {

    /** A cell has at least so many runs, however long they take. */
    private static final int LEAST_RUNS = 3;

    /** The share of the time that is spent on runs that do not count: allocators and clocks settle. */
    private static final int WARM_UP_SHARE = 4;

    /** Warms up, then runs until the time is over. */
    static Timing measure(Duration cell, Run run) throws Exception {
        repeat(cell.dividedBy(WARM_UP_SHARE).toNanos(), 1, run);
        return of(repeat(cell.toNanos(), LEAST_RUNS, run));
    }

    private static List<Long> repeat(long nanos, int least, Run run) throws Exception {
        List<Long> taken = new ArrayList<>();
        long start = System.nanoTime();
        for (long before = start; taken.size() < least || before - start < nanos; ) {
            run.once();
            long now = System.nanoTime();
            taken.add(now - before);
            before = now;
        }
        return taken;
    }

    /** @param nanos how long each run took; one or more */
    static Timing of(List<Long> nanos) {
        double[] millis =
                nanos.stream().mapToDouble(taken -> taken / 1e6).sorted().toArray();
        return new Timing(
                millis.length,
                Arrays.stream(millis).average().orElseThrow(),
                percentile(millis, 0.5),
                percentile(millis, 0.99));
    }

    /** The smallest value that this share of the values does not exceed. */
    private static double percentile(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    double imagesPerSecond(int batch) {
        return batch * 1000 / meanMillis;
    }

    /** What is measured. */
    interface Run {
        void once() throws Exception;
    }
}
