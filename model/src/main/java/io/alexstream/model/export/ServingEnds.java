package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.alexstream.contract.InputSpec;
import io.alexstream.inference.ModelSignature;
import java.util.List;

/**
 * The two ends that make a classifier a serving graph: bytes to normalised floats in front, softmax and top-k behind. Written
 * in operators of the graph's own operator set, 7 to the newest.
 */
final class ServingEnds {

    /** The first operator set whose TopK takes k as an input. */
    private static final int TOP_K_BY_INPUT = 10;

    private static final List<Long> PER_CHANNEL = List.of(3L, 1L, 1L);

    private final GraphProto.Builder graph;
    private final String prefix;
    private final int operatorSet;

    /** @param prefix of every value written here but the graph's input and outputs */
    ServingEnds(GraphProto.Builder graph, String prefix, int operatorSet) {
        this.graph = graph;
        this.prefix = prefix;
        this.operatorSet = operatorSet;
    }

    /**
     * Adds the graph's input and what turns it into {@code output}: float32 [N, 3, height, width]. The transposition comes
     * first, while a value is one byte, and the channels are whole planes when they are swapped and normalised.
     */
    void front(InputSpec input, Normalization normalization, String output) {
        graph.addInput(
                Tensors.batchOf(ModelSignature.INPUT, TensorProto.DataType.UINT8, input.height(), input.width(), 3));
        String value = node(
                "Transpose", List.of(ModelSignature.INPUT), "planes", Nodes.attribute("perm", List.of(0L, 3L, 1L, 2L)));
        if (normalization.order() == ChannelOrder.BGR) {
            String reversed = constant(Tensors.int64s(prefix + "bgr", 2, 1, 0));
            value = node("Gather", List.of(value, reversed), "swapped", Nodes.attribute("axis", 1L));
        }
        value = cast(value, TensorProto.DataType.FLOAT, "floats");
        String mean = constant(Tensors.floats(prefix + "mean", PER_CHANNEL, normalization.byteMean()));
        value = node("Sub", List.of(value, mean), "centred");
        String std = constant(Tensors.floats(prefix + "std", PER_CHANNEL, normalization.byteStd()));
        graph.addNode(Nodes.node("Div", List.of(value, std), output));
    }

    String cast(String value, TensorProto.DataType type, String name) {
        return node("Cast", List.of(value), name, Nodes.attribute("to", (long) type.getNumber()));
    }

    /** Reshapes whatever a classifier gives, [N, C, 1, 1] or [C] for a single image, to [N, C]. */
    String rows(String value, int classes) {
        return node("Reshape", List.of(value, constant(Tensors.int64s(prefix + "rows_shape", -1, classes))), "rows");
    }

    String softmax(String rows) {
        // Axis 1 of two means the same before and after operator set 13, which changed what an axis is.
        return node("Softmax", List.of(rows), "softmax", Nodes.attribute("axis", 1L));
    }

    /** Adds the graph's outputs: the k greatest of each row, falling, ties by rising class. */
    void back(String probabilities, int k) {
        graph.addNode(
                operatorSet < TOP_K_BY_INPUT
                        ? topK(List.of(probabilities))
                                .addAttribute(Nodes.attribute("k", (long) k))
                                .build()
                        : topK(List.of(probabilities, constant(Tensors.int64s(prefix + "k", k))))
                                .build());
        graph.addOutput(Tensors.batchOf(ModelSignature.PROBABILITIES, TensorProto.DataType.FLOAT, k));
        graph.addOutput(Tensors.batchOf(ModelSignature.CLASSES, TensorProto.DataType.INT64, k));
    }

    private NodeProto.Builder topK(List<String> inputs) {
        return Nodes.node("TopK", inputs, ModelSignature.PROBABILITIES, Nodes.attribute("axis", 1L)).toBuilder()
                .setName(prefix + "top_k")
                .addOutput(ModelSignature.CLASSES);
    }

    private String node(String operator, List<String> inputs, String name, AttributeProto... attributes) {
        graph.addNode(Nodes.node(operator, inputs, prefix + name, attributes));
        return prefix + name;
    }

    private String constant(TensorProto tensor) {
        graph.addInitializer(tensor);
        return tensor.getName();
    }
}
