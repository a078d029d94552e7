package io.alexstream.model.train;

import io.alexstream.contract.ModelManifest;
import io.alexstream.inference.SessionFactory;
import io.alexstream.model.data.Augmentation;
import io.alexstream.model.data.Batch;
import io.alexstream.model.data.BatchLoader;
import io.alexstream.model.data.LabelledFrames;
import io.alexstream.model.data.Seeds;
import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.export.TrainedModel;
import io.alexstream.model.export.TrainedModel.Proof;
import io.alexstream.model.network.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One training, from its first step or a checkpoint to its end or a stop. Confined to the thread that makes it, but for
 * {@link #stop}; the caller closes. What is random depends on the seed and the step alone, so that with one thread a training that
 * was killed and resumed ends with the weights of one that was not.
 */
public final class Trainer implements AutoCloseable {

    /** Frames that the exported model must answer as the trainer does; the batch that serving makes. */
    private static final int PROOF_FRAMES = 32;

    /** Of the loader; it needs a tenth of what the steps need, and on a GPU decoding is the limit. */
    private static final int LOADER_THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final TrainingPlan plan;
    private final TrainingImages images;
    private final @Nullable Checkpoints checkpoints;
    private final @Nullable CheckpointFile file;
    private final TrainingListener listener;
    private final Learner learner;
    private final Map<String, String> identity;
    private final int batchSize;
    private final long stepsPerEpoch;
    private final long steps;
    private final List<EpochFigures> history = new ArrayList<>();
    private Tally tally = Tally.NONE;
    private double earlierSeconds;
    private long step;
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
        identity = plan.identity(images.set().fingerprint());
        batchSize = Math.min(plan.recipe().batchSize(), images.train().size());
        stepsPerEpoch = BatchLoader.stepsPerEpoch(images.train().size(), batchSize);
        steps = stepsPerEpoch * plan.recipe().epochs();
        learner = new Learner(plan);
        if (file != null && checkpoints != null && checkpoints.resume()) {
            try {
                resume(file.restore(identity, learner));
            } catch (RuntimeException | Error e) {
                learner.close();
                throw e;
            }
        }
    }

    private void resume(CheckpointFile.Header header) {
        step = header.step();
        tally = header.tally();
        earlierSeconds = header.seconds();
        history.addAll(header.history());
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
        listener.started(learner.device(), step, steps);
        long begin = System.nanoTime();
        long epochBegin = begin;
        long lastCheckpoint = checkpoints == null ? 0 : checkpoints.nanoTime().getAsLong();
        long done = 0;
        try (BatchLoader loader = loader()) {
            if (endEpochIfOver(rateOf(Math.max(0, step - 1)), epochBegin)) {
                epochBegin = System.nanoTime();
            }
            while (step < steps && !stopped) {
                double rate = rateOf(step);
                Tally made = step(loader, rate);
                done += made.images();
                listener.step(figures(done, made.loss(), rate));
                if (endEpochIfOver(rate, epochBegin)) {
                    epochBegin = System.nanoTime();
                }
                if (checkpoints != null && step < steps) {
                    long now = checkpoints.nanoTime().getAsLong();
                    if (now - lastCheckpoint >= checkpoints.every().toNanos()) {
                        lastCheckpoint = now;
                        writeCheckpoint(seconds(epochBegin));
                    }
                }
            }
        }
        // At the end too: whatever befalls the export, the training is not lost.
        writeCheckpoint(seconds(epochBegin));
        return history.size() == plan.recipe().epochs();
    }

    private double rateOf(long atStep) {
        return plan.recipe().schedule().rate(atStep, steps, history);
    }

    private BatchLoader loader() {
        return new BatchLoader(
                images.train(),
                plan.network().input(),
                plan.recipe().augmentation(),
                batchSize,
                plan.seed(),
                steps,
                step,
                LOADER_THREADS);
    }

    private Tally step(BatchLoader loader, double rate) {
        try (Batch batch = loader.next()) {
            Tally made = learner.step(batch, rate, Seeds.of(plan.seed(), step, -2));
            if (!Double.isFinite(made.lossSum())) {
                throw new TrainingException("the loss is no number any more after step " + (step + 1)
                        + ": the weights left the range of floats; another --seed or --preset may help");
            }
            step++;
            tally = tally.plus(made);
            return made;
        }
    }

    private TrainingListener.StepFigures figures(long done, double loss, double rate) {
        long size = images.train().size();
        long begun = (step - 1) / stepsPerEpoch;
        long total = size * plan.recipe().epochs();
        long seen = begun * size + Math.min(size, (step - begun * stepsPerEpoch) * batchSize);
        return new TrainingListener.StepFigures(
                step, steps, (int) begun + 1, plan.recipe().epochs(), done, total - seen, loss, rate);
    }

    /** False too where it was stopped meanwhile: whoever resumes looks at the held-out images first. */
    private boolean endEpochIfOver(double rate, long begin) {
        if (step / stepsPerEpoch == history.size()) {
            return false;
        }
        Tally heldOut = judge(images.heldOut());
        if (heldOut == null) {
            return false;
        }
        EpochFigures figures = new EpochFigures(history.size() + 1, tally, heldOut, rate, seconds(begin));
        history.add(figures);
        tally = Tally.NONE;
        earlierSeconds = 0;
        listener.epoch(figures);
        return true;
    }

    /** How the network does as it is now, without learning; null where it was stopped meanwhile. */
    private @Nullable Tally judge(LabelledFrames frames) {
        Tally sum = Tally.NONE;
        long batches = BatchLoader.stepsPerEpoch(frames.size(), PROOF_FRAMES);
        try (BatchLoader loader = new BatchLoader(
                frames, plan.network().input(), Augmentation.NONE, PROOF_FRAMES, 0, batches, 0, LOADER_THREADS)) {
            for (long i = 0; i < batches; i++) {
                if (stopped) {
                    return null;
                }
                try (Batch batch = loader.next()) {
                    sum = sum.plus(learner.judge(batch));
                }
            }
        }
        return sum;
    }

    private double seconds(long begin) {
        return earlierSeconds + (System.nanoTime() - begin) / 1e9;
    }

    private void writeCheckpoint(double seconds) {
        if (file != null) {
            file.write(new CheckpointFile.Header(identity, step, tally, seconds, List.copyOf(history)), learner);
            listener.checkpoint(file.path(), step);
        }
    }

    /** The epochs that are over, a killed process's too. */
    public List<EpochFigures> history() {
        return List.copyOf(history);
    }

    /** The weights as they are now; valid until this is closed. */
    Weights weights() {
        return learner.weights();
    }

    /** Held-out frames with this network's answers to them, for the exporter to compare. */
    private Proof proof() {
        LabelledFrames frames = images.heldOut();
        int count = Math.min(PROOF_FRAMES, frames.size());
        ByteBuffer all = ByteBuffer.allocateDirect(count * frames.input().frameBytes());
        for (int i = 0; i < count; i++) {
            // Spread over the set, whose classes come one after another.
            all.put(frames.frame((int) ((long) i * frames.size() / count)));
        }
        all.clear();
        return new Proof(all, learner.probabilities(all, count));
    }

    /** How many steps were made, a killed process's too. */
    public long steps() {
        return step;
    }

    /**
     * The network as it is now, to be written as a package while this is open.
     *
     * @param parentVersion the version of the same name that it comes from, or null
     * @param sessions run the written graph, to compare it with the trainer
     */
    public TrainedModel model(@Nullable Integer parentVersion, int topK, SessionFactory sessions) {
        Tally heldOut =
                history.isEmpty() ? Tally.NONE : history.get(history.size() - 1).heldOut();
        return new TrainedModel(
                plan.network(),
                plan.kind().resize(),
                images.set().labels(),
                learner.weights(),
                TrainingOrigin.of(plan, images, history()),
                topK,
                parentVersion,
                heldOut.images() == 0
                        ? null
                        : new ModelManifest.Metrics(heldOut.top1Share(), heldOut.top5Share(), heldOut.images()),
                proof(),
                sessions);
    }

    @Override
    public void close() {
        learner.close();
    }
}
