package io.alexstream.bench;

import java.util.Comparator;
import java.util.List;

/**
 * How much images wait, and how long the output pauses, around swaps and in the quiet between them. In milliseconds.
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

    /** @throws IllegalArgumentException where there is nothing on one of the two sides */
    static Stall of(List<Journey> journeys, List<Window> windows) {
        List<Journey> around = journeys.stream()
                .filter(journey -> touches(windows, journey.begin(), journey.end()))
                .toList();
        List<Journey> quiet = journeys.stream()
                .filter(journey -> !touches(windows, journey.begin(), journey.end()))
                .toList();
        if (around.isEmpty() || quiet.isEmpty()) {
            throw new IllegalArgumentException("of " + journeys.size() + " images " + around.size()
                    + " came around a swap; both sides need some: measure longer");
        }
        return new Stall(
                Figures.percentile(Journey.millis(around), 0.99),
                Figures.percentile(Journey.millis(quiet), 0.99),
                longestGap(journeys, windows, true),
                longestGap(journeys, windows, false),
                around.size());
    }

    double ratio() {
        return p99Around / p99Quiet;
    }

    private static boolean touches(List<Window> windows, long begin, long end) {
        return windows.stream().anyMatch(window -> window.touches(begin, end));
    }

    private static double longestGap(List<Journey> journeys, List<Window> windows, boolean isAround) {
        List<Journey> sorted =
                journeys.stream().sorted(Comparator.comparing(Journey::end)).toList();
        long longest = 0;
        for (int i = 1; i < sorted.size(); i++) {
            long before = sorted.get(i - 1).end();
            long after = sorted.get(i).end();
            if (touches(windows, before, after) == isAround) {
                longest = Math.max(longest, after - before);
            }
        }
        return longest;
    }
}
