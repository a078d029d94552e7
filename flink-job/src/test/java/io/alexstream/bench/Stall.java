package io.alexstream.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much images wait, and how long the output pauses, around swaps and in the quiet between them. In batches: as a multiple of
 * the time that one full batch took then, since a machine may be slower later on.
 *
 * @param around images on their way during a swap
 */
record Stall(double p99Around, double p99Quiet, double gapAround, double gapQuiet, int around) {

    /** The time around one swap, in milliseconds since 1970. */
    record Window(long from, long to) {

        boolean touches(long begin, long end) {
            return end >= from && begin <= to;
        }
    }

    /**
     * A few minutes in which the machine kept its speed.
     *
     * @param batchMillis of one full batch with nothing beside it
     */
    record Stretch(List<Journey> journeys, List<Window> windows, double batchMillis) {

        private boolean touches(long begin, long end) {
            return windows.stream().anyMatch(window -> window.touches(begin, end));
        }

        /** What images around its swaps waited, or those in the quiet. */
        private List<Double> waits(boolean isAround) {
            return journeys.stream()
                    .filter(journey -> touches(journey.begin(), journey.end()) == isAround)
                    .map(journey -> journey.millis() / batchMillis)
                    .toList();
        }

        private double longestGap(boolean isAround) {
            List<Journey> sorted =
                    journeys.stream().sorted(Comparator.comparing(Journey::end)).toList();
            long longest = 0;
            for (int i = 1; i < sorted.size(); i++) {
                long before = sorted.get(i - 1).end();
                long after = sorted.get(i).end();
                if (touches(before, after) == isAround) {
                    longest = Math.max(longest, after - before);
                }
            }
            return longest / batchMillis;
        }
    }

    /** @throws IllegalArgumentException where there is nothing on one of the two sides */
    static Stall of(List<Stretch> stretches) {
        double[] around = waits(stretches, true);
        double[] quiet = waits(stretches, false);
        if (around.length == 0 || quiet.length == 0) {
            throw new IllegalArgumentException("of " + (around.length + quiet.length) + " images " + around.length
                    + " came around a swap; both sides need some: measure longer");
        }
        return new Stall(
                Figures.percentile(around, 0.99),
                Figures.percentile(quiet, 0.99),
                longestGap(stretches, true),
                longestGap(stretches, false),
                around.length);
    }

    double ratio() {
        return p99Around / p99Quiet;
    }

    private static double[] waits(List<Stretch> stretches, boolean isAround) {
        List<Double> waits = new ArrayList<>();
        stretches.forEach(stretch -> waits.addAll(stretch.waits(isAround)));
        return waits.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double longestGap(List<Stretch> stretches, boolean isAround) {
        return stretches.stream()
                .mapToDouble(stretch -> stretch.longestGap(isAround))
                .max()
                .orElse(0);
    }
}
