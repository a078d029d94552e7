package io.alexstream.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code model retrain} says on stderr, as far as it belongs into the demo. */
final class LearningLines {

    /** Bars, with their percentage and their rate. */
    private static final Pattern PASSING = Pattern.compile(".* \\d+ % +[0-9.]+ ?(/s|images/s) .*");

    private static final Pattern EPOCH = Pattern.compile(
            "epoch (\\d+)/(\\d+) +train loss ([0-9.]+) top-1 ([0-9.]+) % .*held-out loss ([0-9.]+) top-1 ([0-9.]+) % .*");

    /** What only a script wants, and the subtasks one by one. */
    private static final Pattern DETAIL = Pattern.compile("(uri|sha256) .*|.* (WAITING|LOADING|ACTIVE) .*");

    private LearningLines() {}

    /** True where the next line of its kind replaces it. */
    static boolean isPassing(String line) {
        return PASSING.matcher(line).matches();
    }

    static boolean isLastEpoch(String line) {
        Matcher epoch = EPOCH.matcher(line);
        return epoch.matches() && epoch.group(1).equals(epoch.group(2));
    }

    /** The line as the demo shows it; empty where it does not. */
    static String forPeople(String line) {
        Matcher epoch = EPOCH.matcher(line);
        if (epoch.matches()) {
            return "epoch " + epoch.group(1) + " of " + epoch.group(2) + " is over: " + epoch.group(4)
                    + " % right while it learnt, " + epoch.group(6) + " % of held-out pictures";
        }
        return DETAIL.matcher(line).matches() ? "" : line.strip();
    }
}
