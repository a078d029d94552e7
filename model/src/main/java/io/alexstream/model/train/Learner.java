package io.alexstream.model.train;

import io.alexstream.model.data.Batch;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.Weights;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network that learns batch by batch: all that touches libtorch. Confined to the thread that makes it, which closes it. One
 * {@code PointerScope} a step frees every tensor that the step made.
 */
@SuppressWarnings("try") // scopes, guards and hooks act by being open
final class Learner implements AutoCloseable {

    /** Frames in one run without gradients; more would not be faster on a CPU, and take memory. */
    private static final int ANSWER_BATCH = 32;

    private final Torch runtime;
    private final TorchNetwork network;
    private final Sgd sgd;
    private final TorchImages images;
    private final boolean dropout;
    private final boolean autocast;

    Learner(TrainingPlan plan) {
        runtime = Torch.open(plan.threads());
        network = new TorchNetwork(
                plan.network(),
                plan.start(),
                parameter -> plan.freeze().trains(plan.network(), parameter),
                runtime.device());
        List<Parameter> trained = plan.network().parameters().stream()
                .filter(parameter -> plan.freeze().trains(plan.network(), parameter))
                .toList();
        sgd = new Sgd(
                network,
                trained,
                plan.recipe().momentum(),
                plan.recipe().weightDecay(),
                plan.recipe().maxGradient());
        images = new TorchImages(plan.network().input(), runtime.device());
        dropout = plan.recipe().dropout();
        autocast = plan.precision() == Precision.BF16;
    }

    String device() {
        return runtime.description() + (autocast ? ", bf16" : ", fp32");
    }

    /**
     * Makes one step.
     *
     * @param seed of the dropout
     * @return how the batch did before the step
     */
    Tally step(Batch batch, double rate, long seed) {
        try (PointerScope scope = new PointerScope()) {
            Tensor[] both = backward(batch, seed);
            double loss = both[1].item_double();
            Tally tally = Tally.of(loss, TensorValues.array(both[0].to(torch.ScalarType.Float)), batch.classes());
            sgd.step(rate);
            return tally;
        }
    }

    /** Leaves the gradients in the parameters; logits and loss are the scope's. */
    private Tensor[] backward(Batch batch, long seed) {
        torch.manual_seed(seed);
        Tensor input = images.of(batch.frames(), batch.size(), batch.shift());
        Tensor logits = logits(input);
        Tensor loss = torch.cross_entropy_loss(logits.to(torch.ScalarType.Float), images.classes(batch.classes()));
        loss.backward();
        return new Tensor[] {logits, loss};
    }

    private Tensor logits(Tensor input) {
        if (!autocast) {
            return network.logits(input, dropout);
        }
        torch.set_autocast_dtype(runtime.type(), torch.ScalarType.BFloat16);
        torch.set_autocast_enabled(runtime.type(), true);
        // The cache would keep the weights as they were before the last step: the loss falls and nothing is learnt.
        torch.set_autocast_cache_enabled(false);
        try {
            return network.logits(input, dropout);
        } finally {
            torch.set_autocast_enabled(runtime.type(), false);
        }
    }

    /** For tests: the gradients that a step would take, parameter by parameter. */
    Weights gradients(Batch batch) {
        try (PointerScope scope = new PointerScope()) {
            backward(batch, 0);
        }
        return parameter -> TensorValues.stream(network.tensor(parameter).grad());
    }

    /** How the network does on a batch as it is now, without learning: in fp32, as it will be served. */
    Tally judge(Batch batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor logits = network.logits(images.of(batch.frames(), batch.size(), batch.shift()), false);
            double loss = torch.cross_entropy_loss(logits, images.classes(batch.classes()))
                    .item_double();
            return Tally.of(loss, TensorValues.array(logits), batch.classes());
        }
    }

    /**
     * Probabilities of all classes.
     *
     * @param frames a direct buffer of whole frames from position 0
     */
    float[][] probabilities(ByteBuffer frames, int count) {
        int classes = network.network().classes();
        int frameBytes = network.network().input().size();
        float[][] rows = new float[count][classes];
        for (int from = 0; from < count; from += ANSWER_BATCH) {
            int size = Math.min(ANSWER_BATCH, count - from);
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                ByteBuffer part = frames.slice(from * frameBytes, size * frameBytes);
                Tensor logits = network.logits(images.of(part, size, new float[size * 3]), false);
                float[] values = TensorValues.array(torch.softmax(logits, 1));
                for (int i = 0; i < size; i++) {
                    System.arraycopy(values, i * classes, rows[from + i], 0, classes);
                }
            }
        }
        return rows;
    }

    /** The weights as they are now; to be read on this thread, before the next step. */
    Weights weights() {
        return network.weights();
    }

    /** The momentum of {@link #trained()}. */
    Weights momentum() {
        return sgd.momentum();
    }

    /** The parameters that steps change. */
    List<Parameter> trained() {
        return sgd.trained();
    }

    void restoreWeight(Parameter parameter, Weights.ValueStream values) {
        TensorValues.overwrite(network.tensor(parameter), parameter, values);
    }

    void restoreMomentum(Parameter parameter, Weights.ValueStream values) {
        sgd.restore(parameter, values);
    }

    @Override
    public void close() {
        images.close();
        sgd.close();
        network.close();
    }
}
