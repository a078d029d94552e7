package io.alexstream.model.network;

import java.util.List;

/** A layer at its place in a network, where its shapes are known. */
public record PlacedLayer(Layer layer, Shape input, Shape output) {

    static PlacedLayer of(Layer layer, Shape input) {
        return new PlacedLayer(layer, input, layer.output(input));
    }

    public List<Parameter> parameters() {
        return layer.parameters(input);
    }

    public long multiplyAdds() {
        return layer.multiplyAdds(input);
    }
}
