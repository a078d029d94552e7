package io.alexstream.model.cli;

import io.alexstream.model.export.FreshModel;
import io.alexstream.model.network.AlexNet;
import io.alexstream.model.network.Initialization;
import io.alexstream.model.publish.WrittenPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model init}: a fresh AlexNet as a package. */
@Command(
        name = "init",
        description = "Writes a fresh, untrained AlexNet as a package: DIR/<name>/<version>/, the next free version.")
public final class InitCommand implements Callable<Integer>, ReportsUnknownOptions {

    /** More classes than any public data set has (ImageNet-21k: 21,841); the last layer is 1.6 GB then. */
    private static final int MAX_CLASSES = 100_000;

    private enum Drawing {
        HE,
        PAPER
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private PackageOptions target = new PackageOptions();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "One label a line, in the order of the classes. This or --classes is required.")
    private @Nullable String labels;

    @Option(names = "--classes", paramLabel = "N", description = "So many classes, labelled class-0, class-1 ...")
    private @Nullable String classes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Same seed, same weights, on every machine. Default: ${DEFAULT-VALUE}.")
    private String seed = "1";

    @Option(
            names = "--init",
            paramLabel = "he|paper",
            defaultValue = "he",
            description =
                    "he: He et al. 2015, the last layer x 0.1, trains on small data sets too. paper: deviation 0.01 and"
                            + " biases of 1 as in 2012. Default: ${DEFAULT-VALUE}.")
    private String initialization = "he";

    @Option(names = "--lrn", description = "With the 2012 paper's local response normalisation (a third slower).")
    private boolean lrn;

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems(spec);
        String packageName = target.name(problems);
        List<String> classLabels = labels(problems);
        Long number = problems.longInteger("--seed", seed);
        Drawing drawing = problems.oneOf("--init", initialization, Drawing.class);
        Integer most = target.topK(problems);
        Path repository = target.repository(problems);
        problems.throwIfAny();
        FreshModel model = new FreshModel(
                AlexNet.of(classLabels.size(), lrn),
                AlexNet.RESIZE,
                classLabels,
                drawing == Drawing.PAPER ? Initialization.paper() : Initialization.he(),
                Objects.requireNonNull(number),
                Objects.requireNonNull(most));
        WrittenPackage written =
                PackageOptions.write(Objects.requireNonNull(repository), Objects.requireNonNull(packageName), model);
        PackageResult.of(written).print(spec.commandLine().getOut(), output.json());
        return 0;
    }

    private List<String> labels(Problems problems) {
        if ((labels == null) == (classes == null)) {
            problems.add("give either --labels FILE or --classes N" + (labels == null ? "" : ", not both"));
            return List.of();
        }
        if (labels != null) {
            Path file = problems.file("--labels", labels);
            return file == null ? List.of() : LabelFile.read("--labels", file, problems);
        }
        Integer count = problems.integer("--classes", classes, 2, MAX_CLASSES);
        return count == null ? List.of() : LabelFile.numbered(count);
    }
}
