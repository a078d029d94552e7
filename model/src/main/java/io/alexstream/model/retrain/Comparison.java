package io.alexstream.model.retrain;

import io.alexstream.contract.ModelManifest;
import io.alexstream.inference.SessionFactory;
import io.alexstream.model.data.FrameReader;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.evaluate.Crops;
import io.alexstream.model.evaluate.Evaluation;
import io.alexstream.model.evaluate.Evaluator;
import io.alexstream.serving.ModelPackage;
import java.io.IOException;
import java.util.List;

/** Asks what is served and the candidate about the held-out images, as serving would. Immutable. */
public final class Comparison {

    /** Share of the held-out images; the gain of a good round is some in a hundred. */
    private static final double MOST_LOST = 0.01;

    private final SessionFactory sessions;
    private final int threads;
    private final Evaluator.Listener listener;

    /**
     * @param sessions say on which device
     * @param threads that read images
     */
    public Comparison(SessionFactory sessions, int threads, Evaluator.Listener listener) {
        this.sessions = sessions;
        this.threads = threads;
        this.listener = listener;
    }

    /**
     * Both on the same images.
     *
     * @param unreadable images that neither was asked about, a line each
     */
    public record Pair(Evaluation served, Evaluation candidate, List<String> unreadable) {}

    /**
     * Asks both, of the held-out images that can be read.
     *
     * @throws IOException where more of those that the candidate was measured on cannot be read now: what is left would decide by
     *     chance
     * @throws io.alexstream.model.evaluate.EvaluationException where none of them can be read any more
     */
    public Pair of(ModelPackage served, ModelPackage candidate, TrainingSet set, List<String> allowedUris)
            throws IOException {
        try (FrameReader reader = new FrameReader(allowedUris)) {
            Evaluator.Result result = new Evaluator(reader, sessions, threads)
                    .evaluate(List.of(served, candidate), set.heldOutByClass(), Crops.CENTER, listener);
            requireEnough(result, candidate, set.heldOut().size());
            return new Pair(
                    result.packages().get(0).evaluation(),
                    result.packages().get(1).evaluation(),
                    result.unreadable().stream()
                            .map(one ->
                                    "left out of the comparison " + one.image().shown() + ": " + one.reason())
                            .toList());
        }
    }

    /** What the trainer could not read either is no loss since then. */
    private static void requireEnough(Evaluator.Result result, ModelPackage candidate, int heldOut) throws IOException {
        ModelManifest.Metrics metrics = candidate.manifest().metrics();
        long measured = metrics == null ? heldOut : Math.min(heldOut, metrics.samples());
        int compared = heldOut - result.unreadable().size();
        if (measured - compared > measured * MOST_LOST) {
            throw new IOException("only " + compared + " of " + measured
                    + " held-out images can be read now, too few to compare on, the first one not since "
                    + result.unreadable().get(0).reason());
        }
    }
}
