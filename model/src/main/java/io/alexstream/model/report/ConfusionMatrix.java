package io.alexstream.model.report;

import io.alexstream.model.evaluate.ClassResult;
import io.alexstream.model.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** True classes against the ones that came first; of many classes, those with the most mistakes. */
final class ConfusionMatrix {

    /** More would be too small to read. */
    private static final int MOST = 40;

    private static final int LABEL_COLUMNS = 22;

    /** Pixels: sides of cells, and room for labels of {@link #LABEL_COLUMNS}. */
    private static final int LARGEST_CELL = 46;

    private static final int MATRIX = 640;
    private static final int LABELS = 150;

    /** From this side on a number fits. */
    private static final int NUMBERED_CELL = 24;

    /** Cells darker than this share need light numbers. */
    private static final double DARK = 0.55;

    private ConfusionMatrix() {}

    static String of(Evaluation evaluation) {
        List<Integer> columns = columns(evaluation);
        List<ClassResult> rows = rows(evaluation, columns);
        boolean partly = rows.size() < evaluation.classes().size();
        int cell = Math.min(LARGEST_CELL, MATRIX / Math.max(columns.size() + 1, rows.size()));
        boolean rest =
                rows.stream().anyMatch(row -> row.predicted().keySet().stream().anyMatch(at -> !columns.contains(at)));
        int width = LABELS + cell * (columns.size() + (rest ? 1 : 0)) + 60;
        StringBuilder svg = new StringBuilder(Html.format(
                "<svg class=matrix viewBox=\"0 0 %d %d\" style=\"max-width:%dpx\" role=img>",
                width, LABELS + cell * rows.size(), width));
        for (int i = 0; i < columns.size() + (rest ? 1 : 0); i++) {
            String label = i < columns.size() ? evaluation.labels().get(columns.get(i)) : "others";
            svg.append(Html.format(
                    "<text transform=\"translate(%d,%d) rotate(-50)\"><title>%s</title>%s</text>",
                    LABELS + i * cell + cell / 2 + 4, LABELS - 8, Html.text(label), Html.text(label, LABEL_COLUMNS)));
        }
        for (int y = 0; y < rows.size(); y++) {
            row(svg, evaluation, rows.get(y), columns, y, cell, rest);
        }
        return Html.section(
                "Confusion",
                "Rows are what images are, columns what came first; colours are shares of the row: right in blue, wrong in orange."
                        + (partly
                                ? " These are the " + rows.size() + " of "
                                        + evaluation.classes().size() + " classes with the most mistakes."
                                : ""),
                "<div class=wide>" + svg.append("</svg></div>"));
    }

    private static List<ClassResult> rows(Evaluation evaluation, List<Integer> columns) {
        if (evaluation.classes().size() <= MOST) {
            return evaluation.classes();
        }
        List<String> shown =
                columns.stream().map(at -> evaluation.labels().get(at)).toList();
        return evaluation.classes().stream()
                .filter(result -> result.known() && shown.contains(result.label()))
                .toList();
    }

    /** The package's classes that are shown, in its order. */
    private static List<Integer> columns(Evaluation evaluation) {
        if (evaluation.classes().size() > MOST) {
            List<String> worst = evaluation.classes().stream()
                    .filter(ClassResult::known)
                    .sorted(Comparator.comparingLong((ClassResult result) -> result.top1() - result.images()))
                    .limit(MOST)
                    .map(ClassResult::label)
                    .toList();
            return indexes(evaluation, worst);
        }
        List<String> own = evaluation.classes().stream()
                .filter(ClassResult::known)
                .map(ClassResult::label)
                .toList();
        return indexes(evaluation, own);
    }

    private static List<Integer> indexes(Evaluation evaluation, List<String> labels) {
        return new ArrayList<>(IntStream.range(0, evaluation.labels().size())
                .filter(i -> labels.contains(evaluation.labels().get(i)))
                .boxed()
                .toList());
    }

    private static void row(
            StringBuilder svg,
            Evaluation evaluation,
            ClassResult result,
            List<Integer> columns,
            int y,
            int cell,
            boolean rest) {
        int top = LABELS + y * cell;
        svg.append(Html.format(
                "<text x=%d y=%d class=end><title>%s</title>%s</text>",
                LABELS - 8, top + cell / 2 + 4, Html.text(result.label()), Html.text(result.label(), LABEL_COLUMNS)));
        long listed = 0;
        for (int x = 0; x < columns.size(); x++) {
            String predicted = evaluation.labels().get(columns.get(x));
            long count = result.predicted().getOrDefault(columns.get(x), 0L);
            listed += count;
            cell(svg, result, predicted, count, LABELS + x * cell, top, cell);
        }
        if (rest) {
            cell(svg, result, "others", result.images() - listed, LABELS + columns.size() * cell, top, cell);
        }
    }

    private static void cell(
            StringBuilder svg, ClassResult result, String predicted, long count, int left, int top, int cell) {
        double share = (double) count / result.images();
        boolean right = result.known() && predicted.equals(result.label());
        svg.append(Html.format(
                "<g><title>%s taken for %s: %d of %d</title><rect class=ground x=%d y=%d width=%d height=%d rx=2 />",
                Html.text(result.label()),
                Html.text(predicted),
                count,
                result.images(),
                left + 1,
                top + 1,
                cell - 2,
                cell - 2));
        if (count > 0) {
            svg.append(Html.format(
                    "<rect class=%s x=%d y=%d width=%d height=%d rx=2 fill-opacity=%.2f />",
                    right ? "right" : "wrong", left + 1, top + 1, cell - 2, cell - 2, 0.12 + 0.88 * share));
            if (cell >= NUMBERED_CELL) {
                svg.append(Html.format(
                        "<text x=%d y=%d class=\"middle%s\">%d</text>",
                        left + cell / 2, top + cell / 2 + 4, share > DARK ? " light" : "", count));
            }
        }
        svg.append("</g>");
    }
}
