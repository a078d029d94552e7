package io.alexstream.model.report;

import io.alexstream.model.evaluate.ClassResult;
import io.alexstream.model.evaluate.Evaluation;
import io.alexstream.model.terminal.Text;
import java.util.List;
import java.util.stream.IntStream;

/** True classes against the ones that came first. */
final class ConfusionMatrix {

    /** More classes would be too small to read; {@link Mistakes} has what matters of them. */
    private static final int MOST = 40;

    private static final int LABEL_COLUMNS = 22;

    /** Pixels: the side of a cell, and of all cells together. */
    private static final int LARGEST_CELL = 46;

    private static final int MATRIX = 640;

    /** Pixels that a character of a label takes to the side, and upwards where it leans by 50 degrees. */
    private static final double ACROSS = 7;

    private static final double UPWARDS = 5.4;
    private static final int MARGIN = 20;

    /** From this side on a number fits. */
    private static final int NUMBERED_CELL = 24;

    /** Cells darker than this share need light numbers. */
    private static final double DARK = 0.55;

    private final Evaluation evaluation;
    private final List<Integer> columns;
    private final boolean others;
    private final int cell;
    private final int left;
    private final int top;

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
        int longest = evaluation.classes().stream()
                .mapToInt(row -> Math.min(LABEL_COLUMNS, Text.width(Text.plain(row.label()))))
                .max()
                .orElse(0);
        left = MARGIN + (int) (ACROSS * longest);
        top = MARGIN + (int) (UPWARDS * Math.max(longest, "others".length()));
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
        // The last column's label leans out of the matrix.
        int side = left + cell * width() + top;
        StringBuilder svg = new StringBuilder(Html.format(
                "<svg class=matrix viewBox=\"0 0 %d %d\" style=\"max-width:%dpx\" role=img aria-label=confusions>",
                side, top + cell * evaluation.classes().size(), side));
        for (int i = 0; i < width(); i++) {
            String label = i < columns.size() ? evaluation.labels().get(columns.get(i)) : "others";
            svg.append(Html.format(
                    "<text transform=\"translate(%d,%d) rotate(-50)\"><title>%s</title>%s</text>",
                    left + i * cell + cell / 2 + 4, top - 8, Html.text(label), Html.text(label, LABEL_COLUMNS)));
        }
        int rowTop = top;
        for (ClassResult result : evaluation.classes()) {
            row(svg, result, rowTop);
            rowTop += cell;
        }
        return svg.append("</svg>").toString();
    }

    private void row(StringBuilder svg, ClassResult result, int rowTop) {
        svg.append(Html.format(
                "<text x=%d y=%d class=end><title>%s</title>%s</text>",
                left - 8, rowTop + cell / 2 + 4, Html.text(result.label()), Html.text(result.label(), LABEL_COLUMNS)));
        long listed = 0;
        for (int x = 0; x < columns.size(); x++) {
            long count = result.predicted().getOrDefault(columns.get(x), 0L);
            listed += count;
            cell(svg, result, evaluation.labels().get(columns.get(x)), count, left + x * cell, rowTop);
        }
        if (others) {
            cell(svg, result, "others", result.images() - listed, left + columns.size() * cell, rowTop);
        }
    }

    private void cell(StringBuilder svg, ClassResult result, String predicted, long count, int x, int y) {
        double share = (double) count / result.images();
        boolean right = result.known() && predicted.equals(result.label());
        svg.append(Html.format(
                "<g><title>%s taken for %s: %d of %d</title><rect class=ground x=%d y=%d width=%d height=%d rx=2 />",
                Html.text(result.label()),
                Html.text(predicted),
                count,
                result.images(),
                x + 1,
                y + 1,
                cell - 2,
                cell - 2));
        if (count > 0) {
            svg.append(Html.format(
                    "<rect class=%s x=%d y=%d width=%d height=%d rx=2 fill-opacity=%.2f />",
                    right ? "right" : "wrong", x + 1, y + 1, cell - 2, cell - 2, 0.12 + 0.88 * share));
            if (cell >= NUMBERED_CELL) {
                svg.append(Html.format(
                        "<text x=%d y=%d class=\"middle%s\">%d</text>",
                        x + cell / 2, y + cell / 2 + 4, share > DARK ? " light" : "", count));
            }
        }
        svg.append("</g>");
    }
}
