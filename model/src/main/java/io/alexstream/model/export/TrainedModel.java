package io.alexstream.model.export;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.TopK;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A network after training. What is written is verified before it can become a package: the weights read back are the
 * trainer's bit for bit, and ONNX Runtime answers real frames as the trainer does. Immutable.
 *
 * @param resize shorter side of an image before the crop
 * @param origin how it was trained, for the manifest
 * @param parentVersion the version of the same name that training began with, or null
 * @param metrics on held-out images, or null
 * @param proof frames and the trainer's answers to them
 * @param sessions run the written graph
 */
public record TrainedModel(
        Network network,
        int resize,
        List<String> labels,
        Weights weights,
        Object origin,
        int topK,
        @Nullable Integer parentVersion,
        ModelManifest.@Nullable Metrics metrics,
        Proof proof,
        SessionFactory sessions)
        implements ModelSource {

    /** How far a probability of ONNX Runtime may be off the trainer's: both sum in fp32, in other orders. */
    public static final double TOLERANCE = 1e-4;

    /**
     * Frames with the trainer's answers.
     *
     * @param frames a direct buffer of whole frames, one after another, from position 0
     * @param probabilities of every class, one row a frame
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    public record Proof(ByteBuffer frames, float[][] probabilities) {}

    public TrainedModel {
        labels = List.copyOf(labels);
        if (labels.size() != network.classes()) {
            throw new IllegalArgumentException(
                    "the network has " + network.classes() + " classes, but there are " + labels.size() + " labels");
        }
    }

    @Override
    public InputSpec input() {
        return NetworkGraph.input(network, resize);
    }

    @Override
    public Object writeTo(Path directory, Progress progress) throws IOException {
        new NetworkGraph(network, input(), topK).writeTo(directory, weights, "writing weights (MB)", progress);
        requireSameWeights(StoredModel.read(directory, labels.size()));
        progress.report("comparing with the trainer", 0, 1);
        double difference = difference(directory);
        if (!(difference <= TOLERANCE)) {
            throw new RefusedModelException(String.format(
                    Locale.ROOT,
                    "ONNX Runtime's probabilities differ from the trainer's by up to %.2g, allowed is %.0e; nothing was written",
                    difference,
                    TOLERANCE));
        }
        progress.report("comparing with the trainer", 1, 1);
        return origin;
    }

    private void requireSameWeights(StoredModel stored) {
        if (stored.network().parameterCount() != network.parameterCount()) {
            throw new RefusedModelException("the written model has "
                    + stored.network().parameterCount() + " parameters, the trained one " + network.parameterCount());
        }
        for (Parameter parameter : network.parameters()) {
            Weights.ValueStream ours = weights.open(parameter);
            Weights.ValueStream theirs = stored.weights().open(parameter);
            float[] a = new float[(int) Math.min(parameter.size(), 1 << 18)];
            float[] b = new float[a.length];
            for (long left = parameter.size(); left > 0; left -= a.length) {
                int count = (int) Math.min(left, a.length);
                ours.next(a, count);
                theirs.next(b, count);
                if (!sameBits(a, b, count)) {
                    throw new RefusedModelException(parameter.name() + " was not written as it was trained");
                }
            }
        }
    }

    /** NaNs of other bits would be others; zeros of other signs too. */
    private static boolean sameBits(float[] a, float[] b, int count) {
        for (int i = 0; i < count; i++) {
            if (Float.floatToRawIntBits(a[i]) != Float.floatToRawIntBits(b[i])) {
                return false;
            }
        }
        return true;
    }

    /** The largest difference of a probability that the written graph gives to the trainer's. */
    double difference(Path directory) {
        double worst = 0;
        try (InferenceSession session = sessions.open(directory.resolve(ModelManifest.MODEL_FILE))) {
            TopK answers = session.run(proof.frames(), proof.probabilities().length);
            for (int i = 0; i < answers.classes().length; i++) {
                float[] expected = proof.probabilities()[i / answers.k()];
                double difference =
                        Math.abs(expected[Math.toIntExact(answers.classes()[i])] - answers.probabilities()[i]);
                if (!(difference <= worst)) { // NaN is worse than any number
                    worst = difference;
                }
            }
        }
        return worst;
    }
}
