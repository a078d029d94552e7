package io.alexstream.model.publish;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.TopK;
import io.alexstream.model.export.DrawnFrames;
import io.alexstream.model.export.RefusedModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Makes and checks the golden samples of a package, with the runtime that will serve it. */
final class GoldenSamples {

    static final String FILE = "golden.bin";

    /**
     * Tolerance as a share of the greatest golden probability. A GPU multiplies in TF32, 10 bits of mantissa, and gives
     * logits that are off by about 1e-3 of their size; a probability is then off by at most that many times itself. 2 % holds
     * for logits up to 20, and is still far below what a wrong weight file gives.
     */
    private static final double RELATIVE_TOLERANCE = 0.02;

    /** What a repetition on the same device may be off, as a share of the tolerance: batches are summed in other orders. */
    private static final double REPEATED_SHARE = 0.1;

    private final SessionFactory sessions;
    private final InputSpec input;

    GoldenSamples(SessionFactory sessions, InputSpec input) {
        this.sessions = sessions;
        this.input = input;
    }

    /** Draws the frames, writes them beside the model and asks the model for its answers. */
    ModelManifest.Golden create(Path directory) throws IOException {
        ByteBuffer frames = DrawnFrames.draw(input);
        try (FileChannel file =
                FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = frames.duplicate();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
        try (InferenceSession session = sessions.open(directory.resolve(ModelManifest.MODEL_FILE))) {
            List<ModelManifest.GoldenSample> samples = samples(session.run(frames, DrawnFrames.COUNT));
            return new ModelManifest.Golden(FILE, tolerance(samples), samples);
        }
    }

    private static List<ModelManifest.GoldenSample> samples(TopK answers) {
        List<ModelManifest.GoldenSample> samples = new ArrayList<>();
        for (int frame = 0; frame < answers.count(); frame++) {
            List<Integer> classes = new ArrayList<>();
            List<Float> probabilities = new ArrayList<>();
            for (int i = frame * answers.k(); i < (frame + 1) * answers.k(); i++) {
                if (!(answers.probabilities()[i] >= 0 && answers.probabilities()[i] <= 1.001f)) {
                    throw new RefusedModelException(
                            "the model answers " + answers.probabilities()[i]
                                    + " to a drawn frame, which is no probability; check --mean, --std and the model's weights");
                }
                classes.add(Math.toIntExact(answers.classes()[i]));
                probabilities.add(answers.probabilities()[i]);
            }
            samples.add(new ModelManifest.GoldenSample(classes, probabilities));
        }
        return samples;
    }

    private static double tolerance(List<ModelManifest.GoldenSample> samples) {
        return RELATIVE_TOLERANCE
                * samples.stream()
                        .mapToDouble(sample -> sample.probabilities().get(0))
                        .max()
                        .orElseThrow();
    }

    /** Loads the package's files once more, as serving will, and asks frame by frame. */
    void verify(Path directory, ModelManifest.Golden golden) {
        ByteBuffer frames = DrawnFrames.draw(input);
        ByteBuffer one = ByteBuffer.allocateDirect(input.frameBytes());
        try (InferenceSession session = sessions.open(directory.resolve(ModelManifest.MODEL_FILE))) {
            for (int frame = 0; frame < DrawnFrames.COUNT; frame++) {
                one.clear().put(frames.slice(frame * input.frameBytes(), input.frameBytes()));
                requireSame(frame, golden, session.run(one, 1));
            }
        }
    }

    private static void requireSame(int frame, ModelManifest.Golden golden, TopK answer) {
        List<Float> expected = golden.expected().get(frame).probabilities();
        for (int i = 0; i < expected.size(); i++) {
            double difference = Math.abs(expected.get(i) - answer.probabilities()[i]);
            if (!(difference <= golden.tolerance() * REPEATED_SHARE)) {
                throw new RefusedModelException("the model answers golden frame " + frame + " with "
                        + answer.probabilities()[i] + " alone and " + expected.get(i)
                        + " in a batch; it depends on its neighbours or on chance and cannot be served");
            }
        }
    }
}
