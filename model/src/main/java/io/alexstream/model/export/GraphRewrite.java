package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Map;

/**
 * Gives values of a graph other names, in the bodies of its loops and branches too, and forgets what it says of the shapes
 * between: they were made for a fixed batch. Inputs and outputs of the graph itself are left to the caller.
 *
 * @param names old to new; values that are not in it keep theirs
 */
record GraphRewrite(Map<String, String> names) {

    GraphProto.Builder rewrite(GraphProto graph) {
        GraphProto.Builder builder = graph.toBuilder()
                .clearValueInfo()
                .clearQuantizationAnnotation()
                .clearInput()
                .clearOutput()
                .clearNode()
                .clearInitializer();
        graph.getInitializerList().forEach(tensor -> builder.addInitializer(renamed(tensor)));
        graph.getNodeList().forEach(node -> builder.addNode(rewrite(node)));
        for (int i = 0; i < graph.getSparseInitializerCount(); i++) {
            TensorProto.Builder values = builder.getSparseInitializerBuilder(i).getValuesBuilder();
            values.setName(name(values.getName()));
        }
        return builder;
    }

    private NodeProto rewrite(NodeProto node) {
        NodeProto.Builder builder = node.toBuilder().clearInput().clearOutput().clearAttribute();
        node.getInputList().forEach(value -> builder.addInput(name(value)));
        node.getOutputList().forEach(value -> builder.addOutput(name(value)));
        node.getAttributeList().forEach(attribute -> builder.addAttribute(rewrite(attribute)));
        return builder.build();
    }

    private AttributeProto rewrite(AttributeProto attribute) {
        if (!attribute.hasG() && attribute.getGraphsCount() == 0) {
            return attribute;
        }
        AttributeProto.Builder builder = attribute.toBuilder().clearGraphs();
        if (attribute.hasG()) {
            builder.setG(body(attribute.getG()));
        }
        attribute.getGraphsList().forEach(graph -> builder.addGraphs(body(graph)));
        return builder.build();
    }

    private GraphProto body(GraphProto graph) {
        return rewrite(graph)
                .addAllInput(renamed(graph.getInputList()))
                .addAllOutput(renamed(graph.getOutputList()))
                .build();
    }

    private List<ValueInfoProto> renamed(List<ValueInfoProto> values) {
        return values.stream()
                .map(value -> value.toBuilder().setName(name(value.getName())).build())
                .toList();
    }

    private TensorProto renamed(TensorProto tensor) {
        return names.containsKey(tensor.getName())
                ? tensor.toBuilder().setName(name(tensor.getName())).build()
                : tensor;
    }

    String name(String value) {
        return names.getOrDefault(value, value);
    }
}
