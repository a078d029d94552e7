package io.alexstream.model.report;

import io.alexstream.contract.ModelRef;
import io.alexstream.model.evaluate.ClassResult;
import io.alexstream.model.evaluate.Evaluation;
import java.util.Comparator;
import java.util.List;

/** How right the package is on each class, worst first. */
final class ClassBars {

    private ClassBars() {}

    static String of(List<Evaluation> evaluations) {
        Evaluation last = evaluations.get(evaluations.size() - 1);
        boolean compared = evaluations.size() > 1;
        StringBuilder rows = new StringBuilder();
        last.classes().stream()
                .sorted(Comparator.comparingDouble(ClassResult::top1Share))
                .forEach(result -> rows.append(row(result, evaluations)));
        String before = compared ? " The mark is " + name(evaluations) + "." : "";
        return Html.section(
                "Classes",
                "Share of a class's images that get it first, worst class first." + before,
                "<div class=scroll><table class=bars><thead><tr><th>Class<th class=number>Images<th>Right<th class=number>Top-1"
                        + (compared ? "<th class=number>Change" : "")
                        + "<th class=number>Top-5</tr></thead><tbody>" + rows + "</tbody></table></div>");
    }

    /** Of the first one, beside the other. */
    static String name(List<Evaluation> evaluations) {
        ModelRef model = evaluations.get(0).model();
        return (Evaluation.isOfOneName(evaluations) ? "version" : Html.text(model.name())) + " " + model.version();
    }

    private static String row(ClassResult result, List<Evaluation> evaluations) {
        String change = "";
        String mark = "";
        if (evaluations.size() > 1) {
            double before = evaluations
                    .get(0)
                    .of(result.label())
                    .map(ClassResult::top1Share)
                    .orElse(0.0);
            double points = 100 * (result.top1Share() - before);
            mark = Html.format("<i style=\"left:%.1f%%\"></i>", 100 * before);
            change =
                    Html.format("<td class=\"number %s\">%+.1f", points > 0 ? "good" : points < 0 ? "bad" : "", points);
        }
        return Html.format(
                "<tr><td class=label title=\"%s\">%s%s<td class=number>%d<td class=bar><div><b style=\"width:%.1f%%\"></b>%s</div>"
                        + "<td class=number>%s%s<td class=number>%s</tr>\n",
                Html.text(result.label()),
                Html.text(result.label(), 60),
                result.known() ? "" : " <em>not in the package</em>",
                result.images(),
                100 * result.top1Share(),
                mark,
                Html.percent(result.top1Share()),
                change,
                Html.percent(result.top5Share()));
    }
}
