package io.alexstream.model.export;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.TopK;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a serving graph that gives all its classes, to see what it does: whether it takes any number of images, and whether
 * its values are probabilities. Confined to one thread.
 */
final class Probe {

    private final SessionFactory sessions;
    private final InputSpec input;
    private final double tolerance;
    private final ByteBuffer frames;

    /** @param halfPrecision whether the model computes in float16, 11 bits of mantissa */
    Probe(SessionFactory sessions, InputSpec input, boolean halfPrecision) {
        this.sessions = sessions;
        this.input = input;
        // Sums over some thousand products in another order; and room for fast approximations of exp.
        this.tolerance = halfPrecision ? 1e-2 : 1e-3;
        this.frames = DrawnFrames.draw(input);
    }

    /**
     * The model's values for each of five drawn frames.
     *
     * @throws RefusedModelException where it does not run, or answers a batch otherwise than its images one by one
     */
    float[][] run(Path directory) {
        try (InferenceSession session = open(directory)) {
            float[][] alone = new float[5][];
            for (int frame = 0; frame < alone.length; frame++) {
                alone[frame] = one(session, frame);
            }
            requireSameInBatch(session, alone, List.of(3, 1));
            requireSameInBatch(session, alone, List.of(0, 1, 2, 3, 4));
            return alone;
        }
    }

    private InferenceSession open(Path directory) {
        try {
            return sessions.open(directory.resolve(ModelManifest.MODEL_FILE));
        } catch (InferenceException e) {
            throw new RefusedModelException("the model does not load: " + e.getMessage(), e);
        }
    }

    private float[] one(InferenceSession session, int frame) {
        try {
            return rows(session, List.of(frame))[0];
        } catch (InferenceException e) {
            throw new RefusedModelException(
                    "the model does not run, or has another number of classes: " + e.getMessage(), e);
        }
    }

    private void requireSameInBatch(InferenceSession session, float[][] alone, List<Integer> batch) {
        float[][] together;
        try {
            together = rows(session, batch);
        } catch (InferenceException e) {
            throw fixed("it fails with " + batch.size() + " images: " + e.getMessage());
        }
        for (int i = 0; i < together.length; i++) {
            if (!isClose(alone[batch.get(i)], together[i])) {
                throw fixed("an image among " + batch.size() + " gets another answer than alone");
            }
        }
    }

    private static RefusedModelException fixed(String why) {
        return new RefusedModelException(
                "the model works for one batch size only (" + why + "); export it with a dynamic batch dimension");
    }

    private boolean isClose(float[] expected, float[] found) {
        float greatest = 0;
        for (float value : expected) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - found[i]) <= tolerance * greatest)) {
                return false;
            }
        }
        return true;
    }

    /** All values of each frame, by class. */
    private float[][] rows(InferenceSession session, List<Integer> batch) {
        int size = input.frameBytes();
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.multiplyExact(batch.size(), size));
        batch.forEach(frame -> buffer.put(frames.slice(frame * size, size)));
        TopK answers = session.run(buffer, batch.size());
        float[][] rows = new float[answers.count()][answers.k()];
        for (int i = 0; i < answers.classes().length; i++) {
            rows[i / answers.k()][Math.toIntExact(answers.classes()[i])] = answers.probabilities()[i];
        }
        return rows;
    }

    /** Whether all values lie between 0 and 1 and sum to 1 for each frame: no scores do that by chance. */
    boolean areProbabilities(float[][] rows) {
        for (float[] row : rows) {
            double sum = 0;
            for (float value : row) {
                if (!(value >= 0 && value <= 1 + tolerance)) {
                    return false;
                }
                sum += value;
            }
            if (Math.abs(sum - 1) > tolerance) {
                return false;
            }
        }
        return true;
    }
}
