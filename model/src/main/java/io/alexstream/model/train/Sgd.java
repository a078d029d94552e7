package io.alexstream.model.train;

import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Stochastic gradient descent with momentum and weight decay, as PyTorch's: {@code v = momentum v + (gradient + decay w)},
 * {@code w = w - rate v}. Owns the momentum; the caller closes. Confined to the trainer's thread.
 */
@SuppressWarnings("try") // scopes, guards and hooks act by being open
final class Sgd implements AutoCloseable {

    private final TorchNetwork network;
    private final double maxGradient;
    private final Scalar momentum;
    private final Scalar weightDecay;
    private final Map<Parameter, Tensor> velocities = new LinkedHashMap<>();

    /** @param maxGradient longest gradient over all parameters, or 0 for no limit */
    Sgd(TorchNetwork network, List<Parameter> trained, double momentum, double weightDecay, double maxGradient) {
        this.network = network;
        this.maxGradient = maxGradient;
        this.momentum = new Scalar(momentum);
        this.weightDecay = new Scalar(weightDecay);
        for (Parameter parameter : trained) {
            velocities.put(parameter, torch.zeros_like(network.tensor(parameter).detach()));
        }
    }

    /** Takes the gradients that are there, and drops them. */
    void step(double rate) {
        try (NoGradGuard guard = new NoGradGuard();
                Scalar down = new Scalar(-rate);
                Scalar shorter = new Scalar(shortening())) {
            velocities.forEach((parameter, velocity) -> {
                Tensor weight = network.tensor(parameter);
                Tensor gradient = weight.grad();
                if (maxGradient > 0) {
                    gradient.mul_(shorter);
                }
                gradient.add_(weight, weightDecay);
                velocity.mul_(momentum).add_(gradient);
                weight.add_(velocity, down);
                weight.mutable_grad().reset();
            });
        }
    }

    private double shortening() {
        if (maxGradient <= 0) {
            return 1;
        }
        double squares = 0;
        for (Parameter parameter : velocities.keySet()) {
            double norm = network.tensor(parameter).grad().norm().item_double();
            squares += norm * norm;
        }
        return Math.min(1, maxGradient / Math.sqrt(squares));
    }

    List<Parameter> trained() {
        return List.copyOf(velocities.keySet());
    }

    /** The momentum of the trained parameters; to be read before the next step and on its thread. */
    Weights momentum() {
        return parameter -> TensorValues.stream(velocity(parameter));
    }

    void restore(Parameter parameter, Weights.ValueStream values) {
        TensorValues.overwrite(velocity(parameter), parameter, values);
    }

    private Tensor velocity(Parameter parameter) {
        Tensor velocity = velocities.get(parameter);
        if (velocity == null) {
            throw new IllegalArgumentException(parameter.name() + " is not trained");
        }
        return velocity;
    }

    @Override
    public void close() {
        velocities.values().forEach(Tensor::close);
        momentum.close();
        weightDecay.close();
    }
}
