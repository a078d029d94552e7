package io.alexstream.model.retrain;

import io.alexstream.inference.SessionFactory;
import io.alexstream.model.data.FrameReader;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.evaluate.Crops;
import io.alexstream.model.evaluate.Evaluation;
import io.alexstream.model.evaluate.Evaluator;
import io.alexstream.serving.ModelPackage;
import java.util.List;

/** Asks what is served and the candidate about the held-out images, as serving would. Immutable. */
public final class Comparison {

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

    /** Both on the same images. */
    public record Pair(Evaluation served, Evaluation candidate) {}

    /** @throws io.alexstream.model.evaluate.EvaluationException where none of them can be read any more */
    public Pair of(ModelPackage served, ModelPackage candidate, TrainingSet set, List<String> allowedUris) {
        try (FrameReader reader = new FrameReader(allowedUris)) {
            Evaluator.Result result = new Evaluator(reader, sessions, threads)
                    .evaluate(List.of(served, candidate), set.heldOutImages(), Crops.CENTER, listener);
            return new Pair(
                    result.packages().get(0).evaluation(),
                    result.packages().get(1).evaluation());
        }
    }
}
