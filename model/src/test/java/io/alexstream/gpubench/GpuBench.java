package io.alexstream.gpubench;

import io.alexstream.image.DecoderKind;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.model.cli.ModelCommandLine;
import io.alexstream.model.cli.Problems;
import io.alexstream.serving.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that {@code run.sh} starts. Exit status: 0; 1 where the device cannot be used or an answer is wrong; 2 asked wrongly. */
@Command(
        name = "run.sh",
        description =
                "Sizes a machine with an NVIDIA card for AlexStream: how many images a second, and what is the limit.")
public final class GpuBench implements Callable<Integer> {

    /** Far beyond what any card gains from, and 634 MB of frames. */
    private static final int MOST_BATCH = 4096;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--provider",
            paramLabel = "cuda|cpu",
            defaultValue = "cuda",
            description =
                    "cuda: ends with status 1 where it cannot be used, and never takes the CPU instead. cpu: to try the bench out. Default: ${DEFAULT-VALUE}.")
    private String provider;

    @Option(
            names = "--gpu",
            paramLabel = "N",
            defaultValue = "0",
            description = "Which card, as nvidia-smi counts them. Default: ${DEFAULT-VALUE}.")
    private String gpu;

    @Option(
            names = "--model",
            paramLabel = "PACKAGE",
            description = "Folder of a model package. Default: a fresh AlexNet of 1000 classes.")
    private @Nullable String model;

    @Option(
            names = "--pictures",
            paramLabel = "DIR",
            description = "Folder of JPEGs for the frame path. Default: drawn ones of 500 x 375.")
    private @Nullable String pictures;

    @Option(
            names = "--batches",
            paramLabel = "N,…",
            defaultValue = "1,2,4,8,16,32,64,128,256",
            description = "Batch sizes, rising. Default: ${DEFAULT-VALUE}.")
    private String batches;

    @Option(
            names = "--parts",
            paramLabel = "PART,…",
            defaultValue = "ceilings,bare,operator,frames,two,first,numerics,swaps",
            description = "What to measure. Default: ${DEFAULT-VALUE}.")
    private String parts;

    @Option(
            names = "--cell",
            paramLabel = "TIME",
            defaultValue = "3 s",
            description = "How long each cell of a table is measured. Default: ${DEFAULT-VALUE}.")
    private String cell;

    @Option(
            names = "--swaps",
            paramLabel = "N",
            defaultValue = "100",
            description = "Swaps between two versions of the model. Default: ${DEFAULT-VALUE}.")
    private String swaps;

    @Option(
            names = "--decoder",
            paramLabel = "imageio|opencv",
            defaultValue = "imageio",
            description = "opencv wants its jars in lib/. Default: ${DEFAULT-VALUE}.")
    private String decoder;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that decode, and on cpu share one run. Default: the machine's cores.")
    private @Nullable String threads;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results",
            description = "Where results.json, results.txt and what the bench makes go. Default: ${DEFAULT-VALUE}.")
    private String out;

    public static void main(String[] arguments) {
        // Frame path and runtime leave no thread that would keep the process, but a card's driver may.
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return ModelCommandLine.of(new GpuBench());
    }

    @Override
    public Integer call() throws Exception {
        Problems problems = new Problems(spec);
        ExecutionProvider asked = problems.oneOf("--provider", provider, ExecutionProvider.class);
        Integer card = problems.integer("--gpu", gpu, 0, 1023);
        List<Integer> sizes = sizes(problems);
        Set<Part> chosen = parts(problems);
        Duration time = problems.duration("--cell", cell);
        Integer rounds = problems.integer("--swaps", swaps, 1, 100_000);
        DecoderKind kind = problems.oneOf("--decoder", decoder, DecoderKind.class);
        Integer workers = threads == null
                ? Integer.valueOf(Runtime.getRuntime().availableProcessors())
                : problems.integer("--threads", threads, 1, 1024);
        Path folder = problems.directoryToWrite("--out", out);
        problems.throwIfAny();

        Path work = Objects.requireNonNull(folder).resolve("made").toAbsolutePath();
        Files.createDirectories(work);
        BenchReport report = new BenchReport(line -> {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
        });
        ModelPackage measured = BenchModel.open(model == null ? BenchModel.alexNet(work) : Path.of(model));
        Setting setting = new Setting(
                new Device(asked, card, workers),
                measured,
                sizes,
                time,
                rounds,
                kind,
                pictureFolder(work),
                BenchModel.multiplyAdds(measured.manifest()),
                work);
        String command =
                "run.sh " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
        boolean holds = new Measurement(setting, chosen, report).run(folder, command);
        report.line("");
        report.line((holds ? "Done: " : "FAILED, see above: ") + folder.resolve("results.json"));
        return holds ? 0 : 1;
    }

    private Path pictureFolder(Path work) throws IOException {
        if (pictures != null) {
            return Path.of(pictures).toAbsolutePath();
        }
        Path drawn = work.resolve("pictures");
        Pictures.draw(drawn);
        return drawn;
    }

    private List<Integer> sizes(Problems problems) {
        String mistake = "--batches must be rising whole numbers from 1 to " + MOST_BATCH
                + " with commas between them, was '" + batches + "'";
        try {
            List<Integer> sizes = Arrays.stream(batches.split(",", -1))
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .toList();
            List<Integer> rising = sizes.stream().sorted().distinct().toList();
            if (sizes.equals(rising) && sizes.get(0) >= 1 && sizes.get(sizes.size() - 1) <= MOST_BATCH) {
                return sizes;
            }
        } catch (NumberFormatException e) {
            // Said below, as any other mistake in it.
        }
        problems.add(mistake);
        return List.of();
    }

    private Set<Part> parts(Problems problems) {
        try {
            return Part.parse(parts);
        } catch (IllegalArgumentException e) {
            problems.add(
                    "--parts must be of " + EnumSet.allOf(Part.class).toString().toLowerCase(java.util.Locale.ROOT)
                            + " with commas between them, was '" + parts + "'");
            return Set.of();
        }
    }
}
