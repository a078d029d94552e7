package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import io.alexstream.model.network.Layer;
import io.alexstream.model.network.PlacedLayer;
import java.util.List;

/** Writes the layers of a network as ONNX nodes (operator set 17). Values are named after the layers. */
final class LayerNodes {

    private final GraphProto.Builder graph;

    LayerNodes(GraphProto.Builder graph) {
        this.graph = graph;
    }

    /** Adds the layer behind the value {@code input} and gives the name of its output. */
    String append(PlacedLayer placed, String input) {
        Layer layer = placed.layer();
        if (layer instanceof Layer.Convolution convolution) {
            return append(convolution, input);
        }
        if (layer instanceof Layer.MaxPool pool) {
            return node(
                    "MaxPool", List.of(input), layer, square("kernel_shape", pool.kernel()), strides(pool.stride()));
        }
        if (layer instanceof Layer.Relu) {
            return node("Relu", List.of(input), layer);
        }
        if (layer instanceof Layer.LocalResponseNormalization norm) {
            return append(norm, input);
        }
        if (layer instanceof Layer.Dropout) {
            return input; // only training drops
        }
        return append((Layer.FullyConnected) layer, placed, input);
    }

    private String append(Layer.Convolution layer, String input) {
        long padding = layer.padding();
        return node(
                "Conv",
                List.of(input, layer.name() + ".weight", layer.name() + ".bias"),
                layer,
                square("kernel_shape", layer.kernel()),
                strides(layer.stride()),
                Nodes.attribute("pads", List.of(padding, padding, padding, padding)));
    }

    private String append(Layer.LocalResponseNormalization layer, String input) {
        // ONNX divides alpha by the number of channels; the paper's formula, which the layer follows, does not.
        return node(
                "LRN",
                List.of(input),
                layer,
                Nodes.attribute("alpha", layer.alpha() * layer.n()),
                Nodes.attribute("beta", layer.beta()),
                Nodes.attribute("bias", layer.k()),
                Nodes.attribute("size", (long) layer.n()));
    }

    private String append(Layer.FullyConnected layer, PlacedLayer placed, String input) {
        String flat = input;
        if (placed.input().height() > 1 || placed.input().width() > 1) {
            flat = layer.name() + ".flat";
            graph.addNode(Nodes.node("Flatten", List.of(input), flat, Nodes.attribute("axis", 1L)));
        }
        return node(
                "Gemm",
                List.of(flat, layer.name() + ".weight", layer.name() + ".bias"),
                layer,
                Nodes.attribute("transB", 1L));
    }

    private String node(String operator, List<String> inputs, Layer layer, AttributeProto... attributes) {
        graph.addNode(Nodes.node(operator, inputs, layer.name(), attributes));
        return layer.name();
    }

    private static AttributeProto strides(long stride) {
        return square("strides", stride);
    }

    private static AttributeProto square(String name, long side) {
        return Nodes.attribute(name, List.of(side, side));
    }
}
