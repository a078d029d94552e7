package io.alexstream.model.cli;

import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.model.data.FrameReader;
import io.alexstream.model.data.LabelledImage;
import io.alexstream.model.data.LabelledImages;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.evaluate.Crops;
import io.alexstream.model.evaluate.Evaluation;
import io.alexstream.model.evaluate.EvaluationException;
import io.alexstream.model.evaluate.EvaluationLines;
import io.alexstream.model.evaluate.Evaluator;
import io.alexstream.model.evaluate.PackageAnswers;
import io.alexstream.model.report.EvaluationReport;
import io.alexstream.model.terminal.ProgressBar;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Terminal.Style;
import io.alexstream.model.terminal.Text;
import io.alexstream.serving.ModelPackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model evaluate}: how right a package is on labelled images, or which of two. */
@Command(
        name = "evaluate",
        description = {
            "Says how right a package is on labelled images: top-1 and top-5 error, classes, and what is taken for what. Decoder and"
                    + " runtime are those that serve.",
            "Images whose label the package has no class for count as wrong. Unreadable images are listed and left out."
        })
public final class EvaluateCommand implements Callable<Integer>, ReportsUnknownOptions {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--package", paramLabel = "P", description = "The package: a folder or URI. Required.")
    private @Nullable String modelPackage;

    @Option(
            names = {"--compare", "--against"},
            paramLabel = "P2",
            description = "Another package to compare it with, on the same images.")
    private @Nullable String compared;

    @Mixin
    private LabelSourceOptions source = new LabelSourceOptions();

    @Option(
            names = "--held-out",
            paramLabel = "SHARE",
            description =
                    "Only those images that 'model train' with this --held-out does not train with. Default: all.")
    private @Nullable String heldOut;

    @Option(
            names = "--ten-crop",
            description =
                    "Ask about ten crops of each image and take the mean, as in 2012: corners, centre, and their mirror"
                            + " images. Better and ten times slower; serving asks about the centre alone.")
    private boolean tenCrop;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Write a report with curves, confusion matrix, filters and pictures: one HTML file that loads nothing.")
    private @Nullable String report;

    private final Terminal err = Terminal.ofStderr();

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems(spec);
        problems.required("--package", modelPackage);
        Path file = problems.fileToWrite("--report", report);
        Double share = problems.share("--held-out", heldOut);
        LabelledImages labelled = source.read(problems);
        try (FetchedPackage fetched = FetchedPackage.of("--package", modelPackage, problems);
                FetchedPackage other = FetchedPackage.of("--compare", compared, problems)) {
            problems.throwIfAny();
            labelled.tell(note -> err.print(Text.plain(note)));
            List<ModelPackage> packages = new ArrayList<>();
            if (other != null) {
                packages.add(other.content());
            }
            packages.add(Objects.requireNonNull(fetched).content());
            evaluate(
                    packages, images(labelled, share, packages.get(packages.size() - 1)), labelled.allowedUris(), file);
            return 0;
        }
    }

    private static List<LabelledImage> images(LabelledImages labelled, @Nullable Double share, ModelPackage of) {
        return share == null
                ? labelled.images()
                : TrainingSet.of(labelled.images(), of.manifest().labels(), share)
                        .heldOutImages();
    }

    private void evaluate(
            List<ModelPackage> packages, List<LabelledImage> images, List<String> allowedUris, @Nullable Path file)
            throws IOException {
        if (images.isEmpty()) {
            throw new EvaluationException("no image is held out: a class of two images or more is needed");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        try (FrameReader reader = new FrameReader(allowedUris)) {
            Evaluator evaluator = new Evaluator(reader, new OnnxSessionFactory(SessionOptions.cpu(cores)), cores);
            Evaluator.Result result;
            try (ProgressBar bar = new ProgressBar(err, "evaluating", images.size(), System::nanoTime)) {
                result = evaluator.evaluate(
                        packages, images, tenCrop ? Crops.TEN : Crops.CENTER, (done, total) -> bar.update(done));
            }
            result.unreadable()
                    .forEach(one -> err.print(err.paint(
                            Style.YELLOW,
                            "left out " + Text.plain(one.image().shown()) + ": " + Text.plain(one.reason()))));
            print(result);
            if (file != null) {
                write(new EvaluationReport(reader), file, packages, result);
                err.print("report " + file);
            }
        }
    }

    private static void write(
            EvaluationReport report, Path file, List<ModelPackage> packages, Evaluator.Result result) {
        try {
            report.write(file, packages, result);
        } catch (IOException e) {
            throw new EvaluationException("the report " + file + " cannot be written: " + Failures.oneLine(e), e);
        }
    }

    private void print(Evaluator.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        List<Evaluation> evaluations =
                result.packages().stream().map(PackageAnswers::evaluation).toList();
        if (output.json()) {
            out.println(EvaluationResult.of(evaluations, result.unreadable()).json());
        } else {
            Terminal terminal = Terminal.ofStdout();
            new EvaluationLines(terminal.isInteractive() ? terminal.columns() : 0)
                    .lines(evaluations)
                    .forEach(out::println);
        }
        out.flush();
    }
}
