package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Frees the batch of a graph that was exported for a fixed one: where images are reshaped to a constant shape that begins with the
 * fixed number, that number is made free. Whether the graph then works for any number of images is for {@link Probe} to see.
 */
final class FreeBatch {

    private final GraphProto.Builder graph;
    private final long batch;
    private final String prefix;
    private final Map<String, long[]> constants = new HashMap<>();
    private final Set<String> replaced = new HashSet<>();

    /** Values that depend on the images; what is computed from weights alone has no batch. */
    private final Set<String> fromImages = new HashSet<>();

    /**
     * @param batch what the constant shapes begin with
     * @param prefix of names that the graph does not use
     */
    FreeBatch(GraphProto.Builder graph, String input, long batch, String prefix) {
        this.graph = graph;
        this.batch = batch;
        this.prefix = prefix;
        fromImages.add(input);
        graph.getInitializerList().forEach(tensor -> remember(tensor.getName(), int64s(tensor)));
    }

    /** Changes the graph in place; relies on its nodes being sorted, as ONNX demands. */
    void apply() {
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            if (node.getOpType().equals("Constant")) {
                remember(node.getOutput(0), constant(node));
            }
            if (node.getInputList().stream().anyMatch(fromImages::contains)) {
                fromImages.addAll(node.getOutputList());
                if (node.getOpType().equals("Reshape")) {
                    free(i, node);
                }
            }
        }
        removeUnused();
    }

    /** The runtime warns of constants that no node uses. */
    private void removeUnused() {
        graph.getNodeList().forEach(node -> replaced.removeAll(ForeignNames.usedBy(node)));
        for (int i = graph.getInitializerCount() - 1; i >= 0; i--) {
            if (replaced.contains(graph.getInitializer(i).getName())) {
                graph.removeInitializer(i);
            }
        }
    }

    private void free(int index, NodeProto node) {
        long[] shape = node.getInputCount() == 2 ? constants.get(node.getInput(1)) : null;
        if (shape == null || shape.length == 0 || shape[0] != batch || !fromImages.contains(node.getInput(0))) {
            return;
        }
        boolean hasRest = Arrays.stream(shape).anyMatch(dim -> dim == -1);
        boolean zeroMeansZero = node.getAttributeList().stream()
                .anyMatch(attribute -> attribute.getName().equals("allowzero") && attribute.getI() == 1);
        if (hasRest && zeroMeansZero) {
            return;
        }
        long[] freed = shape.clone();
        freed[0] = hasRest ? 0 : -1; // 0 keeps the input's own, -1 takes what is left; only one -1 is allowed
        String name = prefix + "free_batch_" + index;
        graph.addInitializer(Tensors.int64s(name, freed));
        replaced.add(node.getInput(1));
        graph.setNode(index, node.toBuilder().setInput(1, name));
    }

    private void remember(String name, long @Nullable [] values) {
        if (values != null) {
            constants.put(name, values);
        }
    }

    private static long @Nullable [] constant(NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().equals("value")) {
                return int64s(attribute.getT());
            }
            if (attribute.getName().equals("value_ints")) {
                return attribute.getIntsList().stream()
                        .mapToLong(Long::longValue)
                        .toArray();
            }
        }
        return null;
    }

    private static long @Nullable [] int64s(TensorProto tensor) {
        if (tensor.getDataType() != TensorProto.DataType.INT64.getNumber()
                || tensor.getDimsCount() != 1
                || tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return null;
        }
        if (tensor.getInt64DataCount() > 0) {
            return tensor.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
        }
        LongBuffer raw = ByteBuffer.wrap(tensor.getRawData().toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        long[] values = new long[raw.remaining()];
        raw.get(values);
        return values;
    }
}
