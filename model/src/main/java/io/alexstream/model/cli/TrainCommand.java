package io.alexstream.model.cli;

import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.model.data.LabelledImages;
import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.model.retrain.StopSignal;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Text;
import io.alexstream.model.train.Checkpoints;
import io.alexstream.model.train.StartingPoint;
import io.alexstream.model.train.Trainer;
import io.alexstream.model.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model train}: labelled images become a package. */
@Command(
        name = "train",
        description = {
            "Trains AlexNet, fresh or from a package, and writes a package: DIR/<name>/<version>/, the next free version.",
            "What is written answers as the trainer does: it is compared before it becomes a package. On Ctrl-C a checkpoint is"
                    + " left and --resume goes on with it.",
            "The first run unpacks libtorch, 400 MB, into ~/.javacpp/cache, or where -Dorg.bytedeco.javacpp.cachedir says."
                    + " Frames are kept in a third of the heap (-Xmx); what does not fit is decoded each time.",
        })
@SuppressWarnings("try") // scopes, guards and hooks act by being open
public final class TrainCommand implements Callable<Integer>, ReportsUnknownOptions {

    /** What a kill may cost; AlexNet's 500 MB take a second or two to write. */
    private static final String CHECKPOINT_EVERY = "10 min";

    /** A step, some batches of held-out images, a checkpoint or the export may have to end first. */
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);

    /** Status of a training that was stopped; that of a shell's command that a signal ended is 128 and more. */
    private static final int STOPPED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private PackageOptions target = new PackageOptions();

    @Mixin
    private LabelSourceOptions source = new LabelSourceOptions();

    @Mixin
    private SplitOptions split = new SplitOptions();

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @Option(
            names = "--from",
            paramLabel = "PACKAGE",
            description =
                    "Begin with this package's weights: a folder or URI of one that 'model init' or 'model train' made. Its"
                            + " classes stay; new ones are added behind them. Default: fresh weights.")
    private @Nullable String from;

    @Option(
            names = "--lrn",
            description = "Fresh weights with the 2012 paper's local response normalisation (a third slower).")
    private boolean lrn;

    @Option(
            names = "--resume",
            description = "Go on with a training that was killed or stopped; same options as before.")
    private boolean resume;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "D",
            defaultValue = CHECKPOINT_EVERY,
            description = "How often DIR/<name>/training.checkpoint is written. Default: ${DEFAULT-VALUE}.")
    private String checkpointEvery = CHECKPOINT_EVERY;

    private final Terminal err = Terminal.ofStderr();

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems(spec);
        String name = target.name(problems);
        RecipeOptions.Asked asked = recipe.read(problems);
        Integer topK = target.topK(problems);
        Duration every = problems.duration("--checkpoint-every", checkpointEvery);
        Double heldOut = split.heldOut(problems);
        Integer maxBad = split.maxBad(problems);
        Path repository = target.repository(problems);
        Path checkpoint = repository == null || name == null ? null : checkpoint(repository, name, problems);
        LabelledImages labelled = source.read(problems);
        try (FetchedPackage fetched = FetchedPackage.of("--from", from, problems)) {
            StartingPoint start = start(fetched, problems);
            TrainingSet set = TrainingSet.of(labelled.images(), start.labels(), heldOut == null ? 0.5 : heldOut);
            if (labelled.problems().isEmpty() && !labelled.images().isEmpty()) {
                set.problems().forEach(problems::add);
            }
            problems.throwIfAny();
            labelled.tell(note -> err.print(Text.plain(note)));
            set.untrained()
                    .forEach(label ->
                            err.print("no image of the class '" + Text.plain(label) + "': the model will forget it"));
            return train(
                    new Task(
                            Objects.requireNonNull(name),
                            Objects.requireNonNull(repository),
                            new Checkpoints(
                                    Objects.requireNonNull(checkpoint),
                                    Objects.requireNonNull(every),
                                    resume,
                                    System::nanoTime),
                            Objects.requireNonNull(topK),
                            Objects.requireNonNull(maxBad),
                            asked),
                    start,
                    set,
                    labelled.allowedUris());
        }
    }

    private record Task(
            String name, Path repository, Checkpoints checkpoints, int topK, int maxBad, RecipeOptions.Asked asked) {}

    private @Nullable Path checkpoint(Path repository, String name, Problems problems) {
        Path file = repository.resolve(name).resolve("training.checkpoint");
        if (resume && !Files.exists(file)) {
            problems.add("--resume finds no checkpoint " + file + "; leave it out to begin anew");
        }
        if (!resume && Files.exists(file)) {
            problems.add("there is a training that did not end: " + file
                    + "; give --resume to go on with it, or delete the file to begin anew");
        }
        return file;
    }

    private StartingPoint start(@Nullable FetchedPackage fetched, Problems problems) throws IOException {
        if (fetched == null) {
            return StartingPoint.fresh(KnownNetwork.ALEXNET, lrn);
        }
        if (lrn) {
            problems.add("--lrn is for fresh weights; with --from the package decides");
        }
        return fetched.startingPoint(problems);
    }

    private Integer train(Task task, StartingPoint start, TrainingSet set, List<String> allowedUris)
            throws IOException {
        TrainingProgress progress = new TrainingProgress(err, System::nanoTime);
        int classes = set.labels().size();
        long keep = Runtime.getRuntime().maxMemory() / 3;
        int cores = Runtime.getRuntime().availableProcessors();
        TrainingPlan plan = new TrainingPlan(
                start.kind(),
                start.network(classes),
                start.weights(classes, task.asked().seed()),
                start.name(),
                task.asked().recipe(set.train().size()),
                task.asked().freeze(),
                task.asked().precision(),
                task.asked().seed(),
                task.asked().threads());
        err.print(classes + " classes, " + set.train().size() + " images to train with, "
                + set.heldOut().size() + " held out; preset " + plan.recipe().name());
        StopSignal stop = new StopSignal();
        try (TrainingImages images =
                        TrainingImages.open(set, allowedUris, plan.input(), task.maxBad(), keep, cores, progress);
                // Until libtorch is closed: the export asks it too, and would leave half a package.
                InterruptHook hook = new InterruptHook(stop::stop, STOP_PATIENCE);
                Trainer trainer = new Trainer(plan, images, task.checkpoints(), progress)) {
            if (!stop.whileStoppable(trainer::stop, trainer::run)) {
                err.print("stopped after step " + trainer.steps() + "; go on with the same command and --resume");
                return STOPPED;
            }
            WrittenPackage written;
            try {
                OnnxSessionFactory sessions = new OnnxSessionFactory(SessionOptions.cpu(cores));
                written = PackageOptions.write(
                        task.repository(),
                        task.name(),
                        trainer.model(start.parentVersion(task.name()), task.topK(), sessions));
            } catch (IOException | RuntimeException | LinkageError e) {
                if (!stop.isStopped()) {
                    throw e;
                }
                // A JVM that ends loads no ONNX Runtime any more. The checkpoint has all that was learnt.
                err.print("stopped before the package was written; go on with the same command and --resume");
                return STOPPED;
            }
            task.checkpoints().delete();
            PackageResult.of(written).print(spec.commandLine().getOut(), output.json());
            return 0;
        }
    }
}
