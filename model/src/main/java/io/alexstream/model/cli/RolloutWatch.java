package io.alexstream.model.cli;

import io.alexstream.model.rollout.Rollout;
import io.alexstream.model.rollout.Rollout.Verdict;
import io.alexstream.model.rollout.RolloutLines;
import io.alexstream.model.rollout.StatusTopic;
import io.alexstream.model.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows a rollout: a live line a subtask on a terminal, a line a change elsewhere. Confined to one thread. */
final class RolloutWatch {

    private static final Duration POLL = Duration.ofMillis(200);

    /** A terminal of the usual 24 rows keeps the command itself in sight. */
    private static final int MOST_LINES = 20;

    /** What ended the watch. */
    enum Outcome {
        ACTIVE,
        REJECTED,
        TIMEOUT,
        INTERRUPTED
    }

    private final Terminal err;
    private final RolloutLines lines;
    private final Set<String> shown = new HashSet<>();
    private List<String> drawn = List.of();

    RolloutWatch(Terminal err, RolloutLines lines) {
        this.err = err;
        this.lines = lines;
    }

    Outcome follow(Rollout rollout, StatusTopic status, Duration timeout) {
        long start = System.nanoTime();
        while (true) {
            status.poll(POLL).forEach(rollout::hear);
            Duration since = Duration.ofNanos(System.nanoTime() - start);
            List<String> now = lines.lines(rollout);
            show(now, since);
            Outcome outcome = outcome(rollout.verdict(since), status.isStopped(), since.compareTo(timeout) > 0);
            if (outcome != null) {
                leave(now);
                return outcome;
            }
        }
    }

    private static @Nullable Outcome outcome(Verdict verdict, boolean stopped, boolean isOver) {
        if (verdict != Verdict.WAITING) {
            return verdict == Verdict.ACTIVE ? Outcome.ACTIVE : Outcome.REJECTED;
        }
        if (stopped) {
            return Outcome.INTERRUPTED;
        }
        return isOver ? Outcome.TIMEOUT : null;
    }

    private void show(List<String> now, Duration since) {
        if (!err.isInteractive()) {
            now.stream().filter(shown::add).forEach(err::print);
            return;
        }
        List<String> picture =
                now.isEmpty() ? List.of("waiting for a job to answer, " + since.toSeconds() + " s") : fitting(now);
        if (!picture.equals(drawn)) {
            drawn = picture;
            err.rewrite(picture);
        }
    }

    private static List<String> fitting(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> fitting = new ArrayList<>(lines.subList(0, MOST_LINES - 1));
        fitting.add("... and " + (lines.size() - MOST_LINES + 1) + " more");
        return fitting;
    }

    /** The last state stays on the screen. */
    private void leave(List<String> last) {
        if (err.isInteractive()) {
            err.finishLine(null);
            fitting(last).forEach(err::print);
        }
    }
}
