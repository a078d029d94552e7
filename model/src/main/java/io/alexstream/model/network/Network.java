package io.alexstream.model.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A feed-forward network as a table of layers, from an image to logits (the softmax is the serving graph's). Immutable.
 *
 * @param name as manifests record it
 * @param input the image: 3 channels, RGB, normalised
 */
public record Network(String name, Shape input, List<Layer> layers) {

    public Network {
        layers = List.copyOf(layers);
        Set<String> names = new HashSet<>();
        for (Layer layer : layers) {
            if (!names.add(layer.name())) {
                throw new IllegalArgumentException("two layers are named " + layer.name());
            }
        }
        if (layers.isEmpty() || !(layers.get(layers.size() - 1) instanceof Layer.FullyConnected)) {
            throw new IllegalArgumentException("the last layer must be fully connected: its outputs are the logits");
        }
    }

    /** The layers with their shapes, from the image on. */
    public List<PlacedLayer> placed() {
        List<PlacedLayer> placed = new ArrayList<>(layers.size());
        Shape shape = input;
        for (Layer layer : layers) {
            PlacedLayer next = PlacedLayer.of(layer, shape);
            placed.add(next);
            shape = next.output();
        }
        return placed;
    }

    /** All trainable tensors, in the order of the layers. */
    public List<Parameter> parameters() {
        return placed().stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    public long parameterCount() {
        return parameters().stream().mapToLong(Parameter::size).sum();
    }

    /** Multiply-adds of one image. */
    public long multiplyAdds() {
        return placed().stream().mapToLong(PlacedLayer::multiplyAdds).sum();
    }

    public int classes() {
        return ((Layer.FullyConnected) layers.get(layers.size() - 1)).outputs();
    }

    /** Whether the first layers are followed by local response normalisation. */
    public boolean hasLrn() {
        return layers.stream().anyMatch(Layer.LocalResponseNormalization.class::isInstance);
    }

    /** Whether the parameter belongs to the layer that gives the logits. */
    public boolean isLast(Parameter parameter) {
        return parameter.layer().equals(layers.get(layers.size() - 1).name());
    }
}
