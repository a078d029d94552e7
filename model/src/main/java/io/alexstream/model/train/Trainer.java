package io.alexstream.model.train;

import io.alexstream.contract.ModelManifest;
import io.alexstream.inference.SessionFactory;
import io.alexstream.model.data.Batch;
import io.alexstream.model.data.BatchLoader;
import io.alexstream.model.data.Seeds;
import io.alexstream.model.data.TrainingDataException;
import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.export.TrainedModel;
import io.alexstream.model.network.Weights;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One training, from its first step or a checkpoint to its end or a stop. Confined to the thread that makes it, but for
 * {@link #stop}; the caller closes. What is random depends on the seed and the step alone, so that with one thread a training that
 * was killed and resumed ends with the weights of one that was not.
 */
public final class Trainer implements AutoCloseable {

    /** Of the loader; it needs a tenth of what the steps need, and on a GPU decoding is the limit. */
    private static final int LOADER_THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final TrainingPlan plan;
    private final TrainingImages images;
    private final @Nullable Checkpoints checkpoints;
    private final @Nullable CheckpointFile file;
    private final TrainingListener listener;
    private final Learner learner;
    private final Map<String, String> identity;
    private final Course course;
    private final HeldOut heldOut;
    private volatile boolean stopped;

    /**
     * Loads libtorch and takes the weights, or the checkpoint, over.
     *
     * @param checkpoints null for none
     * @throws TrainingException where that fails
     */
    public Trainer(
            TrainingPlan plan, TrainingImages images, @Nullable Checkpoints checkpoints, TrainingListener listener) {
        this.plan = plan;
        this.images = images;
        this.checkpoints = checkpoints;
        this.listener = listener;
        file = checkpoints == null ? null : new CheckpointFile(checkpoints.file());
        identity = plan.identity(images.set());
        course = new Course(plan.recipe(), images.train().size());
        learner = new Learner(plan);
        heldOut = new HeldOut(images.heldOut(), plan.network().input(), learner, LOADER_THREADS);
        if (file != null && checkpoints != null && checkpoints.resume()) {
            try {
                course.resume(file.restore(identity, learner));
            } catch (RuntimeException | Error e) {
                learner.close();
                throw e;
            }
        }
    }

    /** Ends the run after the step that is under way; from any thread, a signal's among them. */
    public void stop() {
        stopped = true;
    }

    /**
     * Trains to the end.
     *
     * Where there are checkpoints, the last one is on the disk when this returns.
     *
     * @return false where it was stopped before
     * @throws TrainingException where the loss is no number any more, or a checkpoint cannot be written
     */
    public boolean run() {
        listener.started(learner.device(), course.step(), course.steps());
        long epochBegin = System.nanoTime();
        long lastCheckpoint = checkpoints == null ? 0 : checkpoints.nanoTime().getAsLong();
        long done = 0;
        try (BatchLoader loader = loader()) {
            if (endEpochIfOver(course.rate(Math.max(0, course.step() - 1)), epochBegin)) {
                epochBegin = System.nanoTime();
            }
            while (course.hasSteps() && !stopped) {
                double rate = course.rate(course.step());
                Tally made = step(loader, rate);
                done += made.images();
                listener.step(course.figures(done, made.loss(), rate));
                if (endEpochIfOver(rate, epochBegin)) {
                    epochBegin = System.nanoTime();
                }
                if (checkpoints != null && course.hasSteps()) {
                    long now = checkpoints.nanoTime().getAsLong();
                    if (now - lastCheckpoint >= checkpoints.every().toNanos()) {
                        lastCheckpoint = now;
                        writeCheckpoint(secondsSince(epochBegin));
                    }
                }
            }
        } catch (TrainingDataException e) {
            if (file == null) {
                throw e;
            }
            writeCheckpoint(secondsSince(epochBegin));
            throw new TrainingDataException(
                    e.getMessage() + "; the training is kept, go on with the same command and --resume", e);
        }
        // At the end too: whatever befalls the export, the training is not lost.
        writeCheckpoint(secondsSince(epochBegin));
        return course.isOver();
    }

    private BatchLoader loader() {
        return new BatchLoader(
                images.train(),
                plan.network().input(),
                plan.recipe().augmentation(),
                course.batchSize(),
                plan.seed(),
                course.steps(),
                course.step(),
                LOADER_THREADS);
    }

    private Tally step(BatchLoader loader, double rate) {
        try (Batch batch = loader.next()) {
            Tally made = learner.step(batch, rate, Seeds.of(plan.seed(), course.step(), -2));
            requireNumber(made, course.step() + 1);
            course.stepMade(made);
            return made;
        }
    }

    private static void requireNumber(Tally tally, long step) {
        if (!Double.isFinite(tally.lossSum())) {
            throw new TrainingException("the loss is no number any more after step " + step
                    + ": the weights left the range of floats; another --seed or --preset may help");
        }
    }

    /** False too where it was stopped meanwhile: whoever resumes looks at the held-out images first. */
    private boolean endEpochIfOver(double rate, long begin) {
        Tally judged = course.endsEpoch() ? heldOut.judge(() -> stopped) : null;
        if (judged == null) {
            return false;
        }
        requireNumber(judged, course.step());
        listener.epoch(course.endEpoch(judged, rate, secondsSince(begin)));
        return true;
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private void writeCheckpoint(double seconds) {
        if (file != null) {
            file.write(course.header(identity, seconds), learner);
            listener.checkpoint(file.path(), course.step());
        }
    }

    /** The epochs that are over, a killed process's too. */
    public List<EpochFigures> history() {
        return course.history();
    }

    /** The weights as they are now; valid until this is closed. */
    Weights weights() {
        return learner.weights();
    }

    /** How many steps were made, a killed process's too. */
    public long steps() {
        return course.step();
    }

    /**
     * The network as it is now, to be written as a package while this is open.
     *
     * @param parentVersion the version of the same name that it comes from, or null
     * @param sessions run the written graph, to compare it with the trainer
     */
    public TrainedModel model(@Nullable Integer parentVersion, int topK, SessionFactory sessions) {
        List<EpochFigures> history = course.history();
        Tally last =
                history.isEmpty() ? Tally.NONE : history.get(history.size() - 1).heldOut();
        return new TrainedModel(
                plan.network(),
                plan.kind().resize(),
                images.set().labels(),
                learner.weights(),
                TrainingOrigin.of(plan, images, history),
                topK,
                parentVersion,
                last.images() == 0
                        ? null
                        : new ModelManifest.Metrics(last.top1Share(), last.top5Share(), last.images()),
                heldOut.proof(),
                sessions);
    }

    @Override
    public void close() {
        learner.close();
    }
}
