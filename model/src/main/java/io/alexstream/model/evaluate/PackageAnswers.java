package io.alexstream.model.evaluate;

import io.alexstream.contract.InputSpec;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.TopK;
import io.alexstream.model.data.LabelledFrames;
import io.alexstream.model.data.TrainingSet.Example;
import io.alexstream.serving.ModelPackage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A package that answers labelled frames with the very runtime that serves it. Confined to one thread; the caller closes, and the
 * package's files must stay until then.
 */
public final class PackageAnswers implements AutoCloseable {

    /** The job's default of batch.max-size. */
    private static final int BATCH = 32;

    private final ModelPackage modelPackage;
    private final InferenceSession session;

    /** @param sessions say on which device */
    public PackageAnswers(ModelPackage modelPackage, SessionFactory sessions) {
        this.modelPackage = modelPackage;
        this.session = sessions.open(modelPackage.model());
    }

    /**
     * What the package says of one image.
     *
     * @param classes the most probable ones, falling
     * @param probabilities of these
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    public record Answer(Example example, int[] classes, float[] probabilities) {

        /** From 0 where the true class was the first; as many as there are classes in the answer where it was not among them. */
        public int rank() {
            for (int i = 0; i < classes.length; i++) {
                if (classes[i] == example.classIndex()) {
                    return i;
                }
            }
            return classes.length;
        }
    }

    /** The frames that it takes, to read labelled images as. */
    public InputSpec input() {
        return modelPackage.manifest().input();
    }

    /**
     * Runs all frames.
     *
     * @param frames of {@link #input()}; their class indexes are the package's
     * @param done is told after each batch how many were run
     */
    public List<Answer> to(LabelledFrames frames, IntConsumer done) {
        if (!frames.input().equals(input())) {
            throw new IllegalArgumentException(
                    "the package takes frames of " + input() + ", these are of " + frames.input());
        }
        List<Answer> answers = new ArrayList<>(frames.size());
        ByteBuffer batch = ByteBuffer.allocateDirect(BATCH * input().frameBytes());
        for (int from = 0; from < frames.size(); from += BATCH) {
            int count = Math.min(BATCH, frames.size() - from);
            batch.clear();
            for (int i = 0; i < count; i++) {
                batch.put(frames.frame(from + i));
            }
            add(answers, session.run(batch, count), frames, from);
            done.accept(from + count);
        }
        return answers;
    }

    private static void add(List<Answer> answers, TopK top, LabelledFrames frames, int from) {
        for (int i = 0; i < top.count(); i++) {
            int[] classes = new int[top.k()];
            for (int j = 0; j < classes.length; j++) {
                classes[j] = Math.toIntExact(top.classes()[i * top.k() + j]);
            }
            float[] probabilities = Arrays.copyOfRange(top.probabilities(), i * top.k(), (i + 1) * top.k());
            answers.add(new Answer(frames.examples().get(from + i), classes, probabilities));
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
