package io.alexstream.model.rollout;

import io.alexstream.contract.ModelStatus;
import io.alexstream.model.rollout.SubtaskProgress.Stage;
import io.alexstream.model.terminal.Columns;
import io.alexstream.model.terminal.Columns.Align;
import io.alexstream.model.terminal.Columns.Column;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rollout as lines of one width for people, one a subtask. Immutable. */
public final class RolloutLines {

    private static final int JOB = 24;
    /** {@code 999/999}. */
    private static final int SUBTASK = 7;
    /** {@code REJECTED}. */
    private static final int STATE = 8;
    /** No message of ours is longer; so much is shown where no terminal cuts the line. */
    private static final int WHOLE = 1000;

    private final Columns columns;
    private final DateTimeFormatter clock;

    /** Lines for that terminal; where nobody looks, reasons are not cut. */
    public RolloutLines(Terminal terminal, ZoneId zone) {
        int gaps = 3 * 2;
        int left = Math.max(2, terminal.columns() - SUBTASK - STATE - gaps);
        int job = Math.min(JOB, left / 2);
        int detail = terminal.isInteractive() ? left - job : WHOLE;
        columns = Columns.of(
                new Column("JOB", job, Align.PATH),
                new Column("SUBTASK", SUBTASK, Align.LEFT),
                new Column("STATE", STATE, Align.LEFT),
                new Column("", detail, Align.LEFT));
        clock = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** Every subtask of every job that has answered, then each job that has not. */
    public List<String> lines(Rollout rollout) {
        List<String> lines = new ArrayList<>();
        for (JobProgress job : rollout.answered()) {
            List<SubtaskProgress> subtasks = job.subtasks();
            subtasks.forEach(subtask -> lines.add(line(job, subtask, subtasks.size())));
        }
        rollout.silent()
                .forEach(job -> lines.add(columns.line(List.of(
                        Text.plain(job.label()),
                        "-",
                        "silent",
                        "no answer yet, last heard " + time(job.lastHeard())))));
        return lines;
    }

    private String line(JobProgress job, SubtaskProgress subtask, int parallelism) {
        return columns.line(List.of(
                Text.plain(job.label()),
                subtask.subtask() + "/" + parallelism,
                subtask.stage().name(),
                Text.plain(detail(subtask))));
    }

    private static String detail(SubtaskProgress subtask) {
        ModelStatus serves = subtask.serves();
        if (subtask.stage() == Stage.REJECTED) {
            return String.valueOf(subtask.reason());
        }
        if (subtask.stage() == Stage.ACTIVE) {
            return facts(subtask.answer());
        }
        return serves == null ? "" : "serves version " + serves.version();
    }

    /** {@code worker-1, CPU, loaded in 330 ms, warmed up in 120 ms}, as far as it was said. */
    static String facts(@Nullable ModelStatus status) {
        if (status == null) {
            return "";
        }
        return Stream.of(
                        status.host() == null ? "" : status.host(),
                        status.executionProvider() == null ? "" : status.executionProvider(),
                        status.loadMillis() == null ? "" : "loaded in " + status.loadMillis() + " ms",
                        status.warmUpMillis() == null ? "" : "warmed up in " + status.warmUpMillis() + " ms")
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** {@code 2026-11-23 10:15:30}, in the zone of who reads it. */
    public String time(Instant instant) {
        return clock.format(instant);
    }
}
