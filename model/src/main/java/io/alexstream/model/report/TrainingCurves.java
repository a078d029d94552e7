package io.alexstream.model.report;

import io.alexstream.model.train.EpochFigures;
import io.alexstream.model.train.Tally;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Loss and accuracy over a training's epochs. */
final class TrainingCurves {

    private TrainingCurves() {}

    /** Nothing where the manifest tells of no training. */
    static String of(TrainingLog log) {
        List<EpochFigures> epochs = log.epochs();
        if (epochs.isEmpty()) {
            return "";
        }
        String charts = new LineChart("Loss", false, "epoch", both(epochs, Tally::loss)).svg()
                + new LineChart("Top-1 accuracy", true, "epoch", both(epochs, Tally::top1Share)).svg();
        return Html.section(
                "Training",
                "After each epoch. Images that are trained with are measured on the way, varied and while the weights change;"
                        + " held-out images after the epoch, as they are served.",
                "<div class=pair>" + charts + "</div>");
    }

    private static List<LineChart.Line> both(List<EpochFigures> epochs, ToDoubleFunction<Tally> figure) {
        return List.of(
                line("trained with", "one", epochs, figure, EpochFigures::train),
                line("held out", "two", epochs, figure, EpochFigures::heldOut));
    }

    private static LineChart.Line line(
            String name,
            String style,
            List<EpochFigures> epochs,
            ToDoubleFunction<Tally> figure,
            Function<EpochFigures, Tally> part) {
        return new LineChart.Line(
                name,
                style,
                epochs.stream().map(epoch -> (double) epoch.epoch()).toList(),
                epochs.stream()
                        .map(epoch -> figure.applyAsDouble(part.apply(epoch)))
                        .toList());
    }
}
