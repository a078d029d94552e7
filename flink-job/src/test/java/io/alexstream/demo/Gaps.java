package io.alexstream.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When images were classified, and how long the longest pauses between were. Confined to one thread. */
final class Gaps {

    private final List<Instant> moments = new ArrayList<>();

    void add(Instant moment) {
        moments.add(moment);
    }

    /** The longest pause that overlaps the time from {@code begin} to {@code end}; zero where there is none. */
    Duration longestWithin(Instant begin, Instant end) {
        moments.sort(null);
        Duration longest = Duration.ZERO;
        for (int i = 1; i < moments.size(); i++) {
            Instant before = moments.get(i - 1);
            Instant after = moments.get(i);
            Duration gap = Duration.between(before, after);
            if (after.isAfter(begin) && before.isBefore(end) && gap.compareTo(longest) > 0) {
                longest = gap;
            }
        }
        return longest;
    }

    /** How many a second there were in that time; 0 where it was none. */
    double perSecond(Instant begin, Instant end) {
        double seconds = Duration.between(begin, end).toMillis() / 1e3;
        long count = moments.stream()
                .filter(moment -> !moment.isBefore(begin) && moment.isBefore(end))
                .count();
        return seconds > 0 ? count / seconds : 0;
    }
}
