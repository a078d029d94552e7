package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.alexstream.inference.ModelSignature;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a foreign graph's names and ours are kept apart.
 *
 * @param prefix that no foreign value begins with
 * @param renamed foreign values that bear a name of the serving signature, and what they are called instead
 */
record ForeignNames(String prefix, Map<String, String> renamed) {

    private static final List<String> OURS =
            List.of(ModelSignature.INPUT, ModelSignature.PROBABILITIES, ModelSignature.CLASSES);

    static ForeignNames of(GraphProto graph) {
        Set<String> used = new HashSet<>();
        collect(graph, used);
        String prefix = "serving.";
        while (beginsWith(used, prefix)) {
            prefix = "_" + prefix;
        }
        Map<String, String> renamed = new HashMap<>();
        for (String name : OURS) {
            if (used.contains(name)) {
                renamed.put(name, prefix + "foreign." + name);
            }
        }
        return new ForeignNames(prefix, Map.copyOf(renamed));
    }

    private static boolean beginsWith(Set<String> names, String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    private static void collect(GraphProto graph, Set<String> names) {
        graph.getInputList().stream().map(ValueInfoProto::getName).forEach(names::add);
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(names::add);
        graph.getNodeList().forEach(node -> collect(node, names));
    }

    private static void collect(NodeProto node, Set<String> names) {
        names.addAll(node.getInputList());
        names.addAll(node.getOutputList());
        names.add(node.getName());
        for (AttributeProto attribute : node.getAttributeList()) {
            collect(attribute.getG(), names);
            attribute.getGraphsList().forEach(body -> collect(body, names));
        }
    }

    /** Every name that the node mentions, its loops' and branches' bodies included. */
    static Set<String> usedBy(NodeProto node) {
        Set<String> names = new HashSet<>();
        collect(node, names);
        return names;
    }
}
