package io.alexstream.model.report;

import io.alexstream.model.evaluate.Evaluation;
import io.alexstream.model.evaluate.Evaluation.Confusion;
import java.util.List;

/** What is taken for what most often. */
final class Mistakes {

    private static final int MOST = 20;

    private Mistakes() {}

    /** Nothing where there is no mistake. */
    static String of(Evaluation evaluation) {
        List<Confusion> all = evaluation.confusions();
        if (all.isEmpty()) {
            return "";
        }
        StringBuilder rows = new StringBuilder();
        for (Confusion confusion : all.subList(0, Math.min(MOST, all.size()))) {
            rows.append(Html.format(
                    "<tr><td class=label title=\"%s\">%s<td class=label title=\"%s\">%s<td class=number>%d of %d</tr>\n",
                    Html.text(confusion.truth()),
                    Html.text(confusion.truth(), 60),
                    Html.text(confusion.predicted()),
                    Html.text(confusion.predicted(), 60),
                    confusion.images(),
                    confusion.ofTruth()));
        }
        return Html.section(
                "Mistakes",
                all.size() > MOST
                        ? "The " + MOST + " most frequent of " + Html.format("%,d", all.size()) + " kinds."
                        : "Most frequent first.",
                "<table><thead><tr><th>Images of<th>Taken for<th class=number>How many</tr></thead><tbody>" + rows
                        + "</tbody></table>");
    }
}
