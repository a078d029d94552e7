package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Set;

/** Finds the operator that computes a graph's output, behind those that only reshape it. */
final class LastOperator {

    private static final Set<String> RESHAPING =
            Set.of("Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity", "Cast", "Dropout");

    private LastOperator() {}

    /** Its name, or an empty string where there is none. */
    static String of(GraphProto graph, String output) {
        String value = output;
        for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
            NodeProto node = graph.getNode(i);
            if (!node.getOutputList().contains(value)) {
                continue;
            }
            if (!RESHAPING.contains(node.getOpType()) || node.getInputCount() == 0) {
                return node.getOpType();
            }
            value = node.getInput(0);
        }
        return "";
    }
}
