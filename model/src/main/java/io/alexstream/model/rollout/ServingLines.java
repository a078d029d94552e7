package io.alexstream.model.rollout;

import io.alexstream.contract.ModelStatus;
import io.alexstream.model.rollout.SubtaskProgress.Stage;
import io.alexstream.model.terminal.Columns;
import io.alexstream.model.terminal.Columns.Align;
import io.alexstream.model.terminal.Columns.Column;
import io.alexstream.model.terminal.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A serving report as lines for people. Immutable. */
public final class ServingLines {

    /** No cell of ours is longer; the last column gives way to the terminal's width. */
    private static final int WHOLE = 1000;

    private static final int JOB = 30;
    private static final int HOST = 24;
    private static final int TIME = 19;

    private final int width;
    private final DateTimeFormatter clock;

    /** @param width of a line in columns, or 0 where nobody looks and nothing need be cut */
    public ServingLines(int width, ZoneId zone) {
        this.width = width == 0 ? WHOLE : width;
        clock = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** What serves, what may be gone, and the updates, newest last. */
    public List<String> lines(ServingReport report) {
        List<String> lines = new ArrayList<>();
        Integer version = report.rollout().target().version();
        lines.add(report.name() + ": "
                + (version == null ? "no update published" : "the newest update is version " + version));
        lines.addAll(jobs(report));
        for (JobProgress silent : report.silentJobs()) {
            lines.add("silent since the newest update, perhaps gone: " + Text.plain(silent.label()) + ", last heard "
                    + time(silent.lastHeard()));
        }
        lines.addAll(history(report.history()));
        return lines;
    }

    private List<String> jobs(ServingReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (JobProgress job : report.jobs()) {
            for (SubtaskProgress subtask : job.subtasks()) {
                rows.add(row(job, subtask, report.rollout().target()));
            }
        }
        return table(
                List.of(
                        new Column("JOB", JOB, Align.PATH),
                        new Column("SUBTASK", 7, Align.LEFT),
                        new Column("SERVES", 6, Align.RIGHT),
                        new Column("ON", 4, Align.LEFT),
                        new Column("SINCE", TIME, Align.LEFT),
                        new Column("HOST", HOST, Align.PATH),
                        new Column("NEWEST UPDATE", WHOLE, Align.LEFT)),
                rows);
    }

    private List<String> row(JobProgress job, SubtaskProgress subtask, Target target) {
        ModelStatus serves = subtask.serves();
        String newest = target.position() == null
                ? ""
                : subtask.stage().name() + (subtask.stage() == Stage.REJECTED ? ": " + subtask.reason() : "");
        return List.of(
                Text.plain(job.label()),
                subtask.subtask() + "/" + job.subtasks().size(),
                serves == null ? "-" : String.valueOf(serves.version()),
                serves == null ? "-" : orDash(serves.executionProvider()),
                serves == null ? "-" : time(serves.at()),
                serves == null ? "-" : orDash(serves.host()),
                Text.plain(newest));
    }

    private List<String> history(List<UpdateOutcome> history) {
        List<List<String>> rows = new ArrayList<>();
        for (UpdateOutcome update : history) {
            Instant publishedAt = update.publishedAt();
            String reason = update.reason();
            rows.add(List.of(
                    update.partition() + "-" + update.offset(),
                    String.valueOf(update.version()),
                    publishedAt == null ? "-" : time(publishedAt),
                    String.valueOf(update.active()),
                    String.valueOf(update.rejected()),
                    Text.plain(reason != null ? reason : update.uri() == null ? "(compacted)" : update.uri())));
        }
        return table(
                List.of(
                        new Column("UPDATE", 12, Align.LEFT),
                        new Column("VERSION", 9, Align.RIGHT),
                        new Column("PUBLISHED", TIME, Align.LEFT),
                        new Column("ACTIVE", 6, Align.RIGHT),
                        new Column("REJECTED", 8, Align.RIGHT),
                        new Column("PACKAGE OR REASON", WHOLE, Align.LEFT)),
                rows);
    }

    private List<String> table(List<Column> titles, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Columns columns = Columns.fitting(width, titles, rows);
        List<String> lines = new ArrayList<>(List.of(columns.header()));
        rows.forEach(row -> lines.add(columns.line(row)));
        return lines;
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : Text.plain(text);
    }

    private String time(Instant instant) {
        return clock.format(instant);
    }
}
