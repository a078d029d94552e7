package io.alexstream.model.train;

import io.alexstream.model.network.Layer;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.PlacedLayer;
import io.alexstream.model.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LocalResponseNormImpl;
import org.bytedeco.pytorch.LocalResponseNormOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A layer table as libtorch computes it, and its parameters. Owns their tensors; the caller closes. Confined to one thread.
 */
final class TorchNetwork implements AutoCloseable {

    private final Network network;
    private final List<PlacedLayer> placed;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, LocalResponseNormImpl> norms = new LinkedHashMap<>();

    /** @param trains which parameters get gradients */
    TorchNetwork(Network network, Weights weights, Predicate<Parameter> trains, Device device) {
        this.network = network;
        this.placed = network.placed();
        for (Parameter parameter : network.parameters()) {
            Tensor tensor = TensorValues.of(parameter, weights.open(parameter), device);
            tensor.set_requires_grad(trains.test(parameter));
            tensors.put(parameter.name(), tensor);
        }
        for (Layer layer : network.layers()) {
            if (layer instanceof Layer.LocalResponseNormalization norm) {
                norms.put(norm.name(), normalization(norm));
            }
        }
    }

    /** libtorch divides alpha by the number of channels; the paper's formula, which the layer follows, does not. */
    private static LocalResponseNormImpl normalization(Layer.LocalResponseNormalization norm) {
        LocalResponseNormOptions options = new LocalResponseNormOptions(norm.n());
        options.alpha().put(norm.alpha() * norm.n());
        options.beta().put(norm.beta());
        options.k().put(norm.k());
        return new LocalResponseNormImpl(options);
    }

    Network network() {
        return network;
    }

    Tensor tensor(Parameter parameter) {
        Tensor tensor = tensors.get(parameter.name());
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter of the network: " + parameter.name());
        }
        return tensor;
    }

    /**
     * Logits [N, classes] of normalised images [N, 3, height, width].
     *
     * @param dropout whether dropout layers drop, by libtorch's generator
     */
    Tensor logits(Tensor images, boolean dropout) {
        Tensor value = images;
        for (PlacedLayer layer : placed) {
            value = apply(layer, value, dropout);
        }
        return value;
    }

    private Tensor apply(PlacedLayer place, Tensor in, boolean dropout) {
        Layer layer = place.layer();
        if (layer instanceof Layer.Convolution conv) {
            long[] stride = {conv.stride(), conv.stride()};
            long[] padding = {conv.padding(), conv.padding()};
            return torch.conv2d(in, weight(layer), bias(layer), stride, padding, new long[] {1, 1}, 1);
        }
        if (layer instanceof Layer.MaxPool pool) {
            long[] kernel = {pool.kernel(), pool.kernel()};
            long[] stride = {pool.stride(), pool.stride()};
            return torch.max_pool2d(in, kernel, stride, new long[] {0, 0}, new long[] {1, 1}, false);
        }
        if (layer instanceof Layer.Relu) {
            return torch.relu(in);
        }
        if (layer instanceof Layer.LocalResponseNormalization) {
            LocalResponseNormImpl norm = norms.get(layer.name());
            // In fp32 whatever products are computed in: squares and powers of eight bits of mantissa are no norm.
            return norm == null ? in : norm.forward(in.to(torch.ScalarType.Float));
        }
        if (layer instanceof Layer.Dropout drop) {
            return dropout ? torch.dropout(in, drop.rate(), true) : in;
        }
        Tensor flat = in.dim() > 2 ? in.reshape(in.size(0), place.input().size()) : in;
        return torch.linear(flat, weight(layer), bias(layer));
    }

    private Tensor weight(Layer layer) {
        return named(layer.name() + ".weight");
    }

    private TensorOptional bias(Layer layer) {
        return new TensorOptional(named(layer.name() + ".bias"));
    }

    private Tensor named(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("the network has no " + name);
        }
        return tensor;
    }

    /** The values as they are now; to be read before the next step and on its thread. */
    Weights weights() {
        return parameter -> TensorValues.stream(tensor(parameter));
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        norms.values().forEach(LocalResponseNormImpl::close);
    }
}
