package io.alexstream.model.report;

import io.alexstream.model.evaluate.ClassResult;
import io.alexstream.model.evaluate.Evaluation;
import java.util.List;
import java.util.stream.IntStream;

/** True classes against the ones that came first. */
final class ConfusionMatrix {

    /** More classes would be too small to read; {@link Mistakes} has what matters of them. */
    private static final int MOST = 40;

    private static final int LABEL_COLUMNS = 22;

    /** Pixels: the side of a cell, of all cells together, and room for labels of {@link #LABEL_COLUMNS}. */
    private static final int LARGEST_CELL = 46;

    private static final int MATRIX = 640;
    private static final int LABELS = 150;

    /** The last column's label leans out of the matrix. */
    private static final int LEAN = 60;

    /** From this side on a number fits. */
    private static final int NUMBERED_CELL = 24;

    /** Cells darker than this share need light numbers. */
    private static final double DARK = 0.55;

    private final Evaluation evaluation;
    private final List<Integer> columns;
    private final boolean others;
    private final int cell;

    private ConfusionMatrix(Evaluation evaluation) {
        this.evaluation = evaluation;
        List<String> seen = evaluation.classes().stream()
                .filter(ClassResult::known)
                .map(ClassResult::label)
                .toList();
        columns = IntStream.range(0, evaluation.labels().size())
                .filter(i -> seen.contains(evaluation.labels().get(i)))
                .boxed()
                .toList();
        others = evaluation.classes().stream()
                .anyMatch(row -> !columns.containsAll(row.predicted().keySet()));
        cell = Math.min(
                LARGEST_CELL, MATRIX / Math.max(width(), evaluation.classes().size()));
    }

    /** Nothing of many classes. */
    static String of(Evaluation evaluation) {
        if (evaluation.classes().size() > MOST) {
            return "";
        }
        return Html.section(
                "Confusion",
                "Rows are what images are, columns what came first; colours are shares of the row: right in blue, wrong in orange.",
                "<div class=wide>" + new ConfusionMatrix(evaluation).svg() + "</div>");
    }

    private int width() {
        return columns.size() + (others ? 1 : 0);
    }

    private String svg() {
        int side = LABELS + cell * width() + LEAN;
        StringBuilder svg = new StringBuilder(Html.format(
                "<svg class=matrix viewBox=\"0 0 %d %d\" style=\"max-width:%dpx\" role=img>",
                side, LABELS + cell * evaluation.classes().size(), side));
        for (int i = 0; i < width(); i++) {
            String label = i < columns.size() ? evaluation.labels().get(columns.get(i)) : "others";
            svg.append(Html.format(
                    "<text transform=\"translate(%d,%d) rotate(-50)\"><title>%s</title>%s</text>",
                    LABELS + i * cell + cell / 2 + 4, LABELS - 8, Html.text(label), Html.text(label, LABEL_COLUMNS)));
        }
        int top = LABELS;
        for (ClassResult result : evaluation.classes()) {
            row(svg, result, top);
            top += cell;
        }
        return svg.append("</svg>").toString();
    }

    private void row(StringBuilder svg, ClassResult result, int top) {
        svg.append(Html.format(
                "<text x=%d y=%d class=end><title>%s</title>%s</text>",
                LABELS - 8, top + cell / 2 + 4, Html.text(result.label()), Html.text(result.label(), LABEL_COLUMNS)));
        long listed = 0;
        for (int x = 0; x < columns.size(); x++) {
            long count = result.predicted().getOrDefault(columns.get(x), 0L);
            listed += count;
            cell(svg, result, evaluation.labels().get(columns.get(x)), count, LABELS + x * cell, top);
        }
        if (others) {
            cell(svg, result, "others", result.images() - listed, LABELS + columns.size() * cell, top);
        }
    }

    private void cell(StringBuilder svg, ClassResult result, String predicted, long count, int left, int top) {
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
