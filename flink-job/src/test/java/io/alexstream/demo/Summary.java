package io.alexstream.demo;

import io.alexstream.model.stream.EventLines;
import io.alexstream.model.stream.StreamEvent;
import io.alexstream.model.terminal.Columns;
import io.alexstream.model.terminal.Columns.Align;
import io.alexstream.model.terminal.Columns.Column;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Terminal.Style;
import io.alexstream.model.terminal.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the demo says at its end. Confined to one thread. */
final class Summary {

    private static final int LABEL = 19;

    /** So many fit a narrow terminal. */
    private static final int STEPS_A_LINE = 3;

    /** More lines than this help nobody. */
    private static final int MOST_COMPLAINTS = 10;

    /** The flip is over when the first batch of the new version is. */
    private static final Duration AFTER_SWAP = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final Ledger ledger;
    private final Collected collected;

    Summary(Terminal terminal, Ledger ledger, Collected collected) {
        this.terminal = terminal;
        this.ledger = ledger;
        this.collected = collected;
    }

    /** Some events of both topics, as tables. */
    void printSamples() {
        List<List<String>> classified = collected.classifications().kept().stream()
                .sorted(Comparator.comparing(StreamEvent.Classified::id))
                .map(event -> List.of(
                        Text.plain(event.id()),
                        Text.plain(event.top().label()),
                        EventLines.percent(event.top().probability()),
                        Text.plain(event.model())))
                .toList();
        table(
                "classifications",
                collected.classifications().seen(),
                List.of(
                        new Column("ID", 34, Align.PATH),
                        new Column("TOP PREDICTION", 32, Align.LEFT),
                        new Column("PROBABILITY", 11, Align.RIGHT),
                        new Column("MODEL", 20, Align.PATH)),
                classified);
        List<List<String>> dead = collected.deadLetters().kept().stream()
                .sorted(Comparator.comparing(StreamEvent.DeadLettered::reason).thenComparing(StreamEvent::id))
                .map(event -> List.of(event.reason(), Text.plain(event.id()), Text.plain(event.message())))
                .toList();
        table(
                "dead-letters",
                collected.deadLetters().seen(),
                List.of(
                        new Column("REASON", 19, Align.LEFT),
                        new Column("ID", 26, Align.PATH),
                        new Column("MESSAGE", 100, Align.LEFT)),
                dead);
    }

    private void table(String topic, long seen, List<Column> columns, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        terminal.print("");
        String some = rows.size() < seen ? rows.size() + " of the " + seen : "the " + seen;
        terminal.print(terminal.paint(Style.BOLD, "Topic " + topic + ", " + some + (seen == 1 ? " event" : " events")));
        Columns fitted = Columns.fitting(terminal.columns() - 2, columns, rows);
        terminal.print("  " + terminal.paint(Style.DIM, fitted.header()));
        rows.forEach(row -> terminal.print("  " + fitted.line(row)));
    }

    /** The figures, and the verdict; returns it. */
    boolean printFigures(
            Speed speed, @Nullable HotSwap swap, @Nullable Learned learned, Map<String, Double> seconds, double total) {
        // A swap that nobody answered with is none.
        boolean balanced =
                ledger.isBalanced() && (swap == null || collected.models().size() > 1);
        terminal.print("");
        terminal.print(terminal.paint(Style.BOLD, "Summary"));
        int in = ledger.publishedCount();
        int classified = ledger.classified();
        int dead = ledger.deadLettered();
        String sum = in + " in " + (in == classified + dead ? "=" : "is not") + " " + classified + " classifications + "
                + dead + " dead letters";
        line("records", terminal.paint(balanced ? Style.GREEN : Style.RED, sum));
        ledger.reasons().forEach((reason, count) -> line("", String.format(Locale.ROOT, "%4d  %s", count, reason)));
        line("duplicates", String.valueOf(ledger.duplicates()));
        line("missing", String.valueOf(ledger.missing().size()));
        line("restarts", speed.restarts());
        if (learned == null) {
            line("images/s", speed.imagesASecond());
        } else {
            new LearnedLines(learned, collected.gaps()).print(this::line);
        }
        line("mean batch size", speed.meanBatchSize());
        line("execution provider", speed.executionProvider());
        line("model", models());
        if (swap != null) {
            // Where the stream was slowed before the swap, pauses of full speed are what to compare with.
            swap(
                    swap,
                    learned == null ? Instant.MIN : learned.phases().steady(),
                    learned == null ? swap.published() : learned.phases().labelled());
        }
        line("time", String.format(Locale.ROOT, "%.1f s", total));
        List<String> steps = steps(seconds);
        for (int i = 0; i < steps.size(); i += STEPS_A_LINE) {
            line("", String.join(", ", steps.subList(i, Math.min(i + STEPS_A_LINE, steps.size()))));
        }
        terminal.print("");
        complain("missing", ledger.missing());
        complain("answers nothing that was sent", ledger.strangers());
        complain("surprise", ledger.surprises());
        terminal.print(
                balanced
                        ? terminal.paint(Style.GREEN, "Every record came out exactly once.")
                        : terminal.paint(Style.RED, "The sum does not add up; see above."));
        if (learned == null) {
            return balanced;
        }
        terminal.print(
                learned.isGood()
                        ? terminal.paint(Style.GREEN, "The model has learnt, and was swapped in mid-stream.")
                        : terminal.paint(Style.RED, "The new version is right about too few pictures; see above."));
        return balanced && learned.isGood();
    }

    private void swap(HotSwap swap, Instant calmFrom, Instant calmTo) {
        line(
                "swap",
                String.format(
                        Locale.ROOT,
                        "version %d to %d in mid-stream, %.1f s from the update to the last subtask",
                        swap.from().version(),
                        swap.to().version(),
                        swap.duration().toMillis() / 1e3));
        line(
                "",
                String.format(
                        Locale.ROOT,
                        "%.1f s to fetch, check and load it, %.1f s to warm it up, meanwhile version %d answered",
                        swap.loadMillis() / 1e3,
                        swap.warmUpMillis() / 1e3,
                        swap.from().version()));
        line(
                "longest gap",
                String.format(
                        Locale.ROOT,
                        "%.2f s between two results around the swap, %.2f s before it",
                        collected
                                        .gaps()
                                        .longestWithin(
                                                swap.published(), swap.active().plus(AFTER_SWAP))
                                        .toMillis()
                                / 1e3,
                        collected.gaps().longestWithin(calmFrom, calmTo).toMillis() / 1e3));
    }

    private void line(String label, String text) {
        terminal.print("  " + Text.left(label, LABEL) + " " + text);
    }

    private void complain(String what, List<String> lines) {
        lines.stream()
                .limit(MOST_COMPLAINTS)
                .forEach(line -> terminal.print(terminal.paint(Style.RED, "  " + what + ": ") + Text.plain(line)));
        if (lines.size() > MOST_COMPLAINTS) {
            terminal.print("  " + what + ": and " + (lines.size() - MOST_COMPLAINTS) + " more");
        }
    }

    private String models() {
        Map<String, Integer> models = collected.models();
        if (models.isEmpty()) {
            return "-";
        }
        return models.size() == 1
                ? Text.plain(models.keySet().iterator().next())
                : models.entrySet().stream()
                        .map(entry -> Text.plain(entry.getKey()) + " (" + entry.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static List<String> steps(Map<String, Double> seconds) {
        return seconds.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT, "%s %.1f", entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()))
                .toList();
    }

    /** Figures of the engine, ready to be read. */
    record Speed(String restarts, String imagesASecond, String meanBatchSize, String executionProvider) {

        /** From the job's metrics, while it runs. */
        static Speed of(Collected collected, java.time.Instant firstSent) {
            var worked = collected.workedSince(firstSent);
            long images = collected.classifications().seen();
            long batches = EngineMetrics.sum("batchesRun");
            return new Speed(
                    EngineMetrics.value("numRestarts").map(String::valueOf).orElse("-"),
                    worked == null || worked.toMillis() < 1
                            ? "-"
                            : String.format(
                                    Locale.ROOT,
                                    "%.1f (%d in %.1f s, first sent to last classified)",
                                    images * 1e3 / worked.toMillis(),
                                    images,
                                    worked.toMillis() / 1e3),
                    batches == 0
                            ? "-"
                            : String.format(
                                    Locale.ROOT,
                                    "%.1f (%d batches)",
                                    EngineMetrics.sum("framesRun") / (double) batches,
                                    batches),
                    EngineMetrics.value("executionProvider")
                            .map(String::valueOf)
                            .orElse("-"));
        }
    }
}
