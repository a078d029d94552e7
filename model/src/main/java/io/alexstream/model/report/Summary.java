package io.alexstream.model.report;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.model.data.LabelledFrames.Unreadable;
import io.alexstream.model.evaluate.Evaluation;
import io.alexstream.model.train.EpochFigures;
import io.alexstream.serving.ModelPackage;
import java.util.List;

/** The head of the page: how right the package is, and what it is. */
final class Summary {

    /** Unreadable images that are named. */
    private static final int NAMED = 5;

    private Summary() {}

    static String of(
            List<Evaluation> evaluations, TrainingLog log, ModelPackage evaluated, List<Unreadable> unreadable) {
        Evaluation last = evaluations.get(evaluations.size() - 1);
        StringBuilder html = new StringBuilder("<header><p class=kicker>Evaluation</p><h1>")
                .append(name(last))
                .append("</h1><p class=lead>")
                .append(sentence(evaluations))
                .append("</p></header>\n<div class=tiles>");
        tile(html, "Top-1 error", Html.percent(1 - last.top1()), change(evaluations, true));
        tile(html, "Top-5 error", Html.percent(1 - last.top5()), change(evaluations, false));
        tile(html, "Images", Html.format("%,d", last.images()), "");
        tile(
                html,
                "Classes",
                Html.format("%,d", last.classes().size()),
                "of " + last.labels().size());
        html.append("</div>\n");
        if (!last.unknown().isEmpty()) {
            html.append("<p class=warning>The package has no class for ")
                    .append(Html.text(String.join(", ", last.unknown()), 200))
                    .append(": all their images count as wrong.</p>\n");
        }
        if (!unreadable.isEmpty()) {
            html.append("<p class=warning>").append(unreadable.size()).append(" images could not be read: ");
            for (Unreadable one : unreadable.subList(0, Math.min(NAMED, unreadable.size()))) {
                html.append(Html.text(one.image().key(), 80)).append("; ");
            }
            html.append(unreadable.size() > NAMED ? "…" : "").append("they are left out.</p>\n");
        }
        return html.append(facts(log, evaluated)).toString();
    }

    private static String name(Evaluation evaluation) {
        return Html.text(evaluation.model().name()) + " <span class=version>"
                + evaluation.model().version() + "</span>";
    }

    private static String sentence(List<Evaluation> evaluations) {
        Evaluation last = evaluations.get(evaluations.size() - 1);
        String right = Html.percent(last.top1()) + " of " + Html.format("%,d", last.images())
                + " images get the right class first.";
        if (evaluations.size() == 1) {
            return right;
        }
        Evaluation first = evaluations.get(0);
        return right + " " + name(first) + " gets " + Html.percent(first.top1()) + " of the same images.";
    }

    /** Of an error: less is better. */
    private static String change(List<Evaluation> evaluations, boolean first) {
        if (evaluations.size() == 1) {
            return "";
        }
        Evaluation before = evaluations.get(0);
        Evaluation after = evaluations.get(evaluations.size() - 1);
        double points = 100 * (first ? before.top1() - after.top1() : before.top5() - after.top5());
        return Html.format(
                "<span class=\"%s\">%+.1f points</span> against %s",
                points < 0 ? "good" : points > 0 ? "bad" : "", points, ClassBars.name(evaluations));
    }

    private static void tile(StringBuilder html, String label, String value, String note) {
        html.append("<div class=tile><p>")
                .append(label)
                .append("</p><b>")
                .append(value)
                .append("</b><small>")
                .append(note)
                .append("</small></div>");
    }

    private static String facts(TrainingLog log, ModelPackage evaluated) {
        ModelManifest manifest = evaluated.manifest();
        InputSpec input = manifest.input();
        StringBuilder html = new StringBuilder("<dl class=facts>");
        fact(html, "Made", manifest.createdAt().toString().replaceAll("\\.\\d+", ""));
        fact(html, "Frames", input.width() + " × " + input.height() + ", shorter side " + input.resize());
        Long parameters = log.parameters();
        if (parameters != null) {
            fact(html, "Parameters", Html.format("%,d", parameters));
        }
        Integer images = log.trainImages();
        if (images != null) {
            fact(html, "Trained with", Html.format("%,d", images) + " images" + recipe(log));
        }
        String from = log.from();
        if (from != null) {
            fact(html, "Beginning with", from.equals("init") ? "fresh weights" : from);
        }
        double seconds =
                log.epochs().stream().mapToDouble(EpochFigures::seconds).sum();
        if (seconds > 0) {
            fact(html, "Training took", Html.format("%d min %02d s", (long) seconds / 60, (long) seconds % 60));
        }
        fact(html, "SHA-256", evaluated.ref().sha256());
        return html.append("</dl>\n").toString();
    }

    private static String recipe(TrainingLog log) {
        TrainingLog.RecipeName recipe = log.recipe();
        return recipe == null
                ? ""
                : ", " + recipe.epochs() + " epochs, preset " + recipe.name() + ", " + log.precision() + ", seed "
                        + log.seed();
    }

    private static void fact(StringBuilder html, String term, String value) {
        html.append("<div><dt>")
                .append(term)
                .append("</dt><dd>")
                .append(Html.text(value))
                .append("</dd></div>");
    }
}
