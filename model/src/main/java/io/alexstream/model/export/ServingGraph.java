package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A foreign graph between our two ends. Immutable.
 *
 * @param model the foreign model; its graph is replaced
 * @param body the foreign nodes and constants, without inputs and outputs, under names that do not collide with ours
 * @param signature of the foreign graph, under those names
 * @param prefix of the names that the ends use
 */
record ServingGraph(
        ModelProto model,
        GraphProto body,
        ForeignSignature signature,
        String prefix,
        InputSpec input,
        Normalization normalization,
        int classes) {

    /** From this version on constants need not be listed as inputs, which ours are not. */
    private static final int LEAST_IR_VERSION = 4;

    /** The same with another body. */
    ServingGraph withBody(GraphProto other) {
        return new ServingGraph(model, other, signature, prefix, input, normalization, classes);
    }

    /** Writes it as {@code model.onnx}, over an earlier one. */
    void writeTo(Path directory, boolean softmax, int k) throws IOException {
        GraphProto.Builder graph = body.toBuilder().clearNode();
        ServingEnds ends = new ServingEnds(graph, prefix, signature.operatorSet());
        front(graph, ends);
        graph.addAllNode(body.getNodeList());
        String values = signature.output();
        if (signature.outputType() != TensorProto.DataType.FLOAT) {
            values = ends.cast(values, TensorProto.DataType.FLOAT, "answers");
        }
        String rows = ends.rows(values, classes);
        ends.back(softmax ? ends.softmax(rows) : rows, k);
        ModelProto whole = model.toBuilder()
                .setGraph(graph)
                .clearTrainingInfo()
                .setIrVersion(Math.max(LEAST_IR_VERSION, model.getIrVersion()))
                .build();
        try (OutputStream file = Files.newOutputStream(directory.resolve(ModelManifest.MODEL_FILE))) {
            whole.writeTo(file);
        }
    }

    private void front(GraphProto.Builder graph, ServingEnds ends) {
        boolean cast = signature.inputType() != TensorProto.DataType.FLOAT;
        if (!cast && !signature.channelsLast()) {
            ends.front(input, normalization, signature.input());
            return;
        }
        String value = prefix + "normalised";
        ends.front(input, normalization, value);
        if (cast) {
            value = ends.cast(value, signature.inputType(), "narrowed");
        }
        graph.addNode(
                signature.channelsLast()
                        ? Nodes.node(
                                "Transpose",
                                List.of(value),
                                signature.input(),
                                Nodes.attribute("perm", List.of(0L, 2L, 3L, 1L)))
                        : Nodes.node("Identity", List.of(value), signature.input()));
    }
}
