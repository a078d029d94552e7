package io.alexstream.model.report;

import io.alexstream.model.data.FrameReader;
import io.alexstream.model.evaluate.Evaluation;
import io.alexstream.model.evaluate.Evaluator;
import io.alexstream.model.evaluate.PackageAnswers;
import io.alexstream.serving.ModelPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * An evaluation as one HTML file that loads nothing and runs nothing: its content policy forbids both, whatever labels and names of
 * files say. Safe for concurrent use: it keeps no state.
 */
public final class EvaluationReport {

    private final FrameReader reader;

    /** @param reader gets the pictures that are shown; is used and not closed */
    public EvaluationReport(FrameReader reader) {
        this.reader = reader;
    }

    /**
     * Writes the file, and folders for it.
     *
     * @param packages as they were evaluated; the last one is what the report is about, one before it what it is compared with
     * @param result of the same packages
     */
    public void write(Path file, List<ModelPackage> packages, Evaluator.Result result) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, page(packages, result), StandardCharsets.UTF_8);
    }

    private String page(List<ModelPackage> packages, Evaluator.Result result) throws IOException {
        List<Evaluation> evaluations =
                result.packages().stream().map(PackageAnswers::evaluation).toList();
        PackageAnswers answers = result.packages().get(packages.size() - 1);
        Evaluation evaluation = evaluations.get(packages.size() - 1);
        TrainingLog log = TrainingLog.of(packages.get(packages.size() - 1).manifest());
        String title =
                Html.text(evaluation.model().name()) + " " + evaluation.model().version();
        return "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
                + "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src data:; style-src"
                + " 'unsafe-inline'\">\n"
                + "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=color-scheme content=\"light dark\">\n"
                + "<title>" + title + " - evaluation</title>\n<style>\n" + style()
                + "</style>\n</head>\n<body>\n<main>\n"
                + Summary.of(evaluations, log, packages.get(packages.size() - 1), result.unreadable())
                + TrainingCurves.of(log)
                + FilterSheets.of(packages)
                + ClassBars.of(evaluations)
                + ConfusionMatrix.of(evaluation)
                + Mistakes.of(evaluation)
                + new Gallery(reader, answers).sections()
                + "</main>\n</body>\n</html>\n";
    }

    private static String style() throws IOException {
        try (InputStream css = EvaluationReport.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(css, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
