package io.alexstream.model.evaluate;

import io.alexstream.model.evaluate.Evaluation.Confusion;
import io.alexstream.model.terminal.Columns;
import io.alexstream.model.terminal.Columns.Align;
import io.alexstream.model.terminal.Columns.Column;
import io.alexstream.model.terminal.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Evaluations on the same images as lines for people: one, or two side by side. Immutable. */
public final class EvaluationLines {

    /** No cell of ours is longer; the last column gives way to the terminal's width. */
    private static final int WHOLE = 1000;

    private static final int LABEL = 40;
    private static final int NUMBER = 14;
    private static final int RIGHT = 22;

    /** More classes than a screen has lines: then those with most mistakes are listed. */
    private static final int MOST_CLASSES = 25;

    private static final int MOST_CONFUSIONS = 10;

    private final int width;

    /** @param width of a line in columns, or 0 where nobody looks and nothing need be cut */
    public EvaluationLines(int width) {
        this.width = width == 0 ? WHOLE : width;
    }

    /**
     * Errors, classes, and mistakes of the last one.
     *
     * @param evaluations one; or two, the second of which is looked at and the first what it is compared with
     */
    public List<String> lines(List<Evaluation> evaluations) {
        List<String> lines = new ArrayList<>(errors(evaluations));
        Evaluation last = evaluations.get(evaluations.size() - 1);
        if (evaluations.size() > 1) {
            Evaluation first = evaluations.get(0);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s is right on %+d of %d images compared with %s: top-1 %+.1f, top-5 %+.1f points",
                    name(last),
                    right(last) - right(first),
                    last.images(),
                    name(first),
                    100 * (last.top1() - first.top1()),
                    100 * (last.top5() - first.top5())));
        }
        for (Evaluation evaluation : evaluations) {
            if (!evaluation.unknown().isEmpty()) {
                lines.add(name(evaluation) + " has no class for "
                        + Text.plain(String.join(", ", few(evaluation.unknown())))
                        + ": all their images count as wrong");
            }
        }
        lines.add("");
        lines.addAll(classes(evaluations));
        List<Confusion> confusions = last.confusions();
        if (!confusions.isEmpty()) {
            lines.add("");
            lines.addAll(confusions(confusions));
        }
        return lines;
    }

    private static List<String> few(List<String> labels) {
        return labels.size() <= MOST_CONFUSIONS
                ? labels
                : List.of(labels.size() + " of the labels, " + labels.get(0) + " among them");
    }

    private static String name(Evaluation evaluation) {
        return evaluation.model().name() + " " + evaluation.model().version();
    }

    private static long right(Evaluation evaluation) {
        return evaluation.classes().stream().mapToLong(ClassResult::top1).sum();
    }

    private List<String> errors(List<Evaluation> evaluations) {
        List<List<String>> rows = new ArrayList<>();
        for (Evaluation evaluation : evaluations) {
            rows.add(List.of(
                    name(evaluation),
                    percent(1 - evaluation.top1()),
                    percent(1 - evaluation.top5()),
                    Long.toString(evaluation.images()),
                    Integer.toString(evaluation.classes().size())));
        }
        return table(
                List.of(
                        new Column("PACKAGE", LABEL, Align.LEFT),
                        new Column("TOP-1 ERROR", NUMBER, Align.RIGHT),
                        new Column("TOP-5 ERROR", NUMBER, Align.RIGHT),
                        new Column("IMAGES", NUMBER, Align.RIGHT),
                        new Column("CLASSES", NUMBER, Align.RIGHT)),
                rows);
    }

    private List<String> classes(List<Evaluation> evaluations) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("CLASS", LABEL, Align.PATH));
        columns.add(new Column("IMAGES", NUMBER, Align.RIGHT));
        boolean oneName = Evaluation.isOfOneName(evaluations);
        evaluations.forEach(one -> columns.add(new Column(
                "RIGHT, " + (oneName ? "VERSION " + one.model().version() : name(one)), RIGHT, Align.RIGHT)));
        columns.add(new Column("AMONG FIVE", NUMBER, Align.RIGHT));
        List<ClassResult> shown = evaluations.get(evaluations.size() - 1).classes();
        int all = shown.size();
        if (all > MOST_CLASSES) {
            shown = shown.stream()
                    .sorted(Comparator.comparingDouble(ClassResult::top1Share))
                    .limit(MOST_CLASSES)
                    .toList();
        }
        List<List<String>> rows = new ArrayList<>();
        for (ClassResult result : shown) {
            List<String> row = new ArrayList<>();
            row.add(Text.plain(result.label()));
            row.add(Long.toString(result.images()));
            for (Evaluation evaluation : evaluations) {
                row.add(evaluation
                        .of(result.label())
                        .map(one -> percent(one.top1Share()))
                        .orElse("-"));
            }
            row.add(percent(result.top5Share()));
            rows.add(row);
        }
        List<String> lines = new ArrayList<>(table(columns, rows));
        if (all > MOST_CLASSES) {
            lines.add("the " + MOST_CLASSES + " worst of " + all + " classes; --json and --report have them all");
        }
        return lines;
    }

    private List<String> confusions(List<Confusion> confusions) {
        List<List<String>> rows = new ArrayList<>();
        for (Confusion confusion : confusions.subList(0, Math.min(MOST_CONFUSIONS, confusions.size()))) {
            rows.add(List.of(
                    confusion.images() + " of " + confusion.ofTruth(),
                    Text.plain(confusion.truth()),
                    Text.plain(confusion.predicted())));
        }
        return table(
                List.of(
                        new Column("MISTAKEN", NUMBER, Align.RIGHT),
                        new Column("CLASS", LABEL, Align.PATH),
                        new Column("TAKEN FOR", LABEL, Align.PATH)),
                rows);
    }

    private List<String> table(List<Column> columns, List<List<String>> rows) {
        Columns fitted = Columns.fitting(width, columns, rows);
        List<String> lines = new ArrayList<>();
        lines.add(fitted.header());
        rows.forEach(row -> lines.add(fitted.line(row)));
        return lines;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
