package io.alexstream.serving;

import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelManifest.GoldenSample;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.TopK;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;

/**
 * Runs a package's golden frames on the session that will serve, and holds the answers against the package's. Probabilities
 * may differ by the package's tolerance; the order of classes only counts where probabilities lie further apart than that,
 * since a fresh net is nearly uniform.
 */
public final class GoldenCheck {

    private GoldenCheck() {}

    /**
     * Checks one session.
     *
     * @throws ModelLoadException where an answer is off
     */
    public static void check(ModelPackage modelPackage, InferenceSession session) {
        check(modelPackage, session, new Abandonment());
    }

    /** As {@link #check(ModelPackage, InferenceSession)}, with an early end where nobody waits any more. */
    static void check(ModelPackage modelPackage, InferenceSession session, Abandonment abandonment) {
        List<GoldenSample> expected = modelPackage.manifest().golden().expected();
        byte[] bytes = read(modelPackage, expected.size());
        ByteBuffer frames = ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
        int frameBytes = modelPackage.manifest().input().frameBytes();
        // One by one: a batch size that serving does not use would be tuned for nothing on CUDA.
        for (int i = 0; i < expected.size(); i++) {
            abandonment.check();
            check(modelPackage, i, expected.get(i), session.run(frames.slice(i * frameBytes, frameBytes), 1));
        }
    }

    /** A frame that the model is known to answer, in a direct buffer. */
    static ByteBuffer firstFrame(ModelPackage modelPackage) {
        ModelManifest manifest = modelPackage.manifest();
        byte[] frames = read(modelPackage, manifest.golden().expected().size());
        ByteBuffer first = ByteBuffer.allocateDirect(manifest.input().frameBytes());
        return first.put(0, frames, 0, first.capacity());
    }

    private static byte[] read(ModelPackage modelPackage, int count) {
        ModelManifest manifest = modelPackage.manifest();
        long expected = (long) manifest.input().frameBytes() * count;
        try {
            // Asked first: whatever a package calls its golden frames is not read into memory.
            long size = Files.size(modelPackage.goldenFrames());
            if (size != expected) {
                throw refusal(
                        modelPackage,
                        manifest.golden().frames() + " has " + size + " bytes, expected " + expected + " for " + count
                                + " frames");
            }
            return Files.readAllBytes(modelPackage.goldenFrames());
        } catch (IOException e) {
            throw ModelLoadException.permanent(
                    "model package " + modelPackage.ref().uri() + ": cannot read the golden frames: " + e, e);
        }
    }

    private static void check(ModelPackage modelPackage, int frame, GoldenSample sample, TopK answers) {
        double tolerance = modelPackage.manifest().golden().tolerance();
        int labels = modelPackage.manifest().labels().size();
        for (int i = 0; i < answers.k(); i++) {
            if (!Float.isFinite(answers.probabilities()[i])) {
                throw refusal(
                        modelPackage, "golden frame " + frame + " is answered with " + answers.probabilities()[i]);
            }
            if (answers.classes()[i] < 0 || answers.classes()[i] >= labels) {
                throw refusal(
                        modelPackage,
                        "the model answers class " + answers.classes()[i] + ", the package has " + labels + " labels");
            }
        }
        for (int i = 0; i < Math.min(sample.classes().size(), answers.k()); i++) {
            double expected = sample.probabilities().get(i);
            double actual = probabilityOf(sample.classes().get(i), expected, answers);
            if (Math.abs(actual - expected) > tolerance) {
                throw refusal(
                        modelPackage,
                        "golden frame " + frame + ": class " + sample.classes().get(i)
                                + " has probability " + actual + ", the package says " + expected + " (tolerance "
                                + tolerance
                                + ")");
            }
        }
    }

    /** A class that is not among the answered ones has at most the last one's probability. */
    private static double probabilityOf(int wanted, double expected, TopK answers) {
        for (int i = 0; i < answers.k(); i++) {
            if (answers.classes()[i] == wanted) {
                return answers.probabilities()[i];
            }
        }
        return Math.min(expected, answers.probabilities()[answers.k() - 1]);
    }

    private static ModelLoadException refusal(ModelPackage modelPackage, String what) {
        return ModelLoadException.permanent(
                "model package " + modelPackage.ref().uri() + " fails its golden check: " + what
                        + "; make the package again with this runtime's version",
                null);
    }
}
