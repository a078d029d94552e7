package io.alexstream.model.cli;

import io.alexstream.contract.InputSpec;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.model.export.ChannelOrder;
import io.alexstream.model.export.ForeignModel;
import io.alexstream.model.export.Normalization;
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

/** {@code model import}: a foreign ONNX classifier as a package. */
@Command(
        name = "import",
        description = {
            "Wraps a foreign ONNX classifier as a package: DIR/<name>/<version>/, the next free version.",
            "It takes models with one float input, [N,3,H,W] or [N,H,W,3], and one float output of the classes, operator"
                    + " set 7 or later. A fixed batch is freed; whether softmax is inside is found out by running it.",
        })
public final class ImportCommand implements Callable<Integer>, ReportsUnknownOptions {

    /** Mean and std are given on the scale of bytes. */
    private static final int WHITE = 255;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private PackageOptions target = new PackageOptions();

    @Option(names = "--onnx", paramLabel = "FILE", description = "The model. Required.")
    private @Nullable String onnx;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "One label a line, in the order of the classes; the whole line is the label. Required.")
    private @Nullable String labels;

    @Option(names = "--input-size", paramLabel = "N", description = "Side of its square input in pixels. Required.")
    private @Nullable String inputSize;

    @Option(
            names = "--resize",
            paramLabel = "N",
            description =
                    "Shorter side of an image before the centre crop. Default: 256 for inputs of 224 to 256, else the"
                            + " input size x 8/7.")
    private @Nullable String resize;

    @Option(
            names = "--channel-order",
            paramLabel = "RGB|BGR",
            description = "The order of colours that the model takes. Required.")
    private @Nullable String channelOrder;

    @Option(
            names = "--mean",
            paramLabel = "A,B,C",
            description =
                    "Subtracted from pixels of 0 to 255, in the model's channel order. Required. A model that scales to"
                            + " 0..1 first needs its mean x 255: torchvision's is 123.675,116.28,103.53.")
    private @Nullable String mean;

    @Option(
            names = "--std",
            paramLabel = "A,B,C",
            description =
                    "What is left is divided by it. Required. On the same scale: torchvision's is 58.395,57.12,57.375;"
                            + " no division is 1,1,1; plain 0..1 is mean 0,0,0 and std 255,255,255.")
    private @Nullable String std;

    @Option(names = "--logits", description = "The model gives logits. Default: found out by running it.")
    private boolean logits;

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems(spec);
        String packageName = target.name(problems);
        Path file = problems.file("--onnx", problems.required("--onnx", onnx));
        Path labelFile = problems.file("--labels", problems.required("--labels", labels));
        List<String> classLabels = labelFile == null ? List.of() : LabelFile.read("--labels", labelFile, problems);
        InputSpec input = input(problems);
        Normalization normalization = normalization(problems);
        Integer most = target.topK(problems);
        Path repository = target.repository(problems);
        problems.throwIfAny();
        ForeignModel model = new ForeignModel(
                Objects.requireNonNull(file),
                classLabels,
                Objects.requireNonNull(input),
                Objects.requireNonNull(normalization),
                logits,
                Objects.requireNonNull(most),
                new OnnxSessionFactory(SessionOptions.cpu(Runtime.getRuntime().availableProcessors())));
        WrittenPackage written =
                PackageOptions.write(Objects.requireNonNull(repository), Objects.requireNonNull(packageName), model);
        PackageResult.of(written).print(spec.commandLine().getOut(), output.json());
        return 0;
    }

    private @Nullable InputSpec input(Problems problems) {
        Integer size = problems.integer("--input-size", problems.required("--input-size", inputSize), 1, 4096);
        Integer shorter = problems.integer("--resize", resize, 1, 8192);
        if (size == null || (shorter == null && resize != null)) {
            return null;
        }
        int side = shorter == null ? defaultResize(size) : shorter;
        if (side < size) {
            problems.add("--resize must be at least --input-size, was " + side + " for " + size);
            return null;
        }
        return InputSpec.square(size, side);
    }

    /** torchvision's ratio of 256 to 224, which gives 342 for 299; AlexNet's 227 is cut from 256 too. */
    private static int defaultResize(int size) {
        return size >= 224 && size <= 256 ? 256 : Math.round(size * 8 / 7f);
    }

    private @Nullable Normalization normalization(Problems problems) {
        ChannelOrder order = problems.oneOf(
                "--channel-order", problems.required("--channel-order", channelOrder), ChannelOrder.class);
        List<Double> means = problems.triple("--mean", problems.required("--mean", mean), false);
        List<Double> deviations = problems.triple("--std", problems.required("--std", std), true);
        return order == null || means == null || deviations == null
                ? null
                : new Normalization(order, means, deviations, WHITE);
    }
}
