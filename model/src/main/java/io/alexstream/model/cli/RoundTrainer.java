package io.alexstream.model.cli;

import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.SessionFactory;
import io.alexstream.model.data.NewClasses;
import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.model.retrain.CandidateTrainer;
import io.alexstream.model.retrain.StopSignal;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Text;
import io.alexstream.model.train.StartingPoint;
import io.alexstream.model.train.Trainer;
import io.alexstream.model.train.TrainingPlan;
import io.alexstream.serving.ModelPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trains candidates with libtorch, and shows how that goes on. */
final class RoundTrainer implements CandidateTrainer {

    /** Of the heap, for decoded images, as {@code model train} does. */
    private static final int HEAP_SHARE = 3;

    private final RecipeOptions.Asked asked;
    private final int maxBad;
    private final int minClassImages;
    private final SessionFactory sessions;
    private final Duration line;
    private final Terminal err;

    /**
     * @param minClassImages as {@link NewClasses} takes it
     * @param sessions run the written graph, to compare it with the trainer
     * @param line how often a line is printed where no person looks
     */
    RoundTrainer(
            RecipeOptions.Asked asked,
            int maxBad,
            int minClassImages,
            SessionFactory sessions,
            Duration line,
            Terminal err) {
        this.asked = asked;
        this.maxBad = maxBad;
        this.minClassImages = minClassImages;
        this.sessions = sessions;
        this.line = line;
        this.err = err;
    }

    @Override
    public @Nullable WrittenPackage train(
            ModelPackage served, TrainingSet set, List<String> allowedUris, Path folder, StopSignal stop)
            throws IOException {
        StartingPoint start = StartingPoint.of(served);
        TrainingProgress progress = new TrainingProgress(err, System::nanoTime, line);
        long keep = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        NewClasses admission = new NewClasses(start.labels().size(), minClassImages);
        try (TrainingImages images = TrainingImages.open(
                        set,
                        admission,
                        allowedUris,
                        served.manifest().input(),
                        maxBad,
                        keep,
                        asked.threads(),
                        progress);
                Trainer trainer = new Trainer(plan(start, images.set()), images, null, progress)) {
            tellLosses(set, images.set());
            if (!stop.whileStoppable(trainer::stop, trainer::run)) {
                return null;
            }
            String name = served.ref().name();
            return PackageWriter.onCpu(new StepProgress(err))
                    .write(folder, name, trainer.model(start.parentVersion(name), topK(served), sessions));
        }
    }

    private TrainingPlan plan(StartingPoint start, TrainingSet set) {
        int classes = set.labels().size();
        return new TrainingPlan(
                start.kind(),
                start.network(classes),
                start.weights(classes, asked.seed()),
                start.name(),
                asked.recipe(set.train().size()),
                asked.freeze(),
                asked.precision(),
                asked.seed(),
                asked.threads());
    }

    /** What unreadable images cost beyond themselves. */
    private void tellLosses(TrainingSet asked, TrainingSet read) {
        List<String> dropped = new ArrayList<>(asked.labels());
        dropped.removeAll(read.labels());
        dropped.forEach(label ->
                err.print("left out the new class '" + Text.plain(label) + "': too few of its images can be read"));
        List<String> emptied = new ArrayList<>(read.untrained());
        emptied.removeAll(asked.untrained());
        emptied.forEach(label ->
                err.print("no image of the class '" + Text.plain(label) + "' can be read: the model will forget it"));
    }

    /** As many predictions an image as before. */
    private int topK(ModelPackage served) {
        try (InferenceSession session = sessions.open(served.model())) {
            return session.signature().topK();
        }
    }
}
