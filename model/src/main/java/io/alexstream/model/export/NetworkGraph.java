package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.PlacedLayer;
import io.alexstream.model.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network of ours as a serving graph. The same weights give the same files, byte for byte. Immutable.
 *
 * @param topK most predictions a frame; at most one a class is given
 */
record NetworkGraph(Network network, InputSpec input, int topK) {

    /** Known to every ONNX Runtime since 1.12, and new enough for every operator used. */
    private static final int OPERATOR_SET = 17;

    /** The file format version that came with operator set 17 (ONNX 1.12). */
    private static final int IR_VERSION = 8;

    NetworkGraph {
        if (topK < 1) {
            throw new IllegalArgumentException("topK must be 1 or more, was " + topK);
        }
    }

    /** The frames that a network takes of images whose shorter side becomes {@code resize}. */
    static InputSpec input(Network network, int resize) {
        return new InputSpec(
                network.input().height(),
                network.input().width(),
                resize,
                InputSpec.CENTER,
                InputSpec.BILINEAR_ANTIALIAS);
    }

    /**
     * Writes {@code model.onnx} and its weights.
     *
     * @param step what the progress is called; it counts megabytes
     */
    void writeTo(Path directory, Weights weights, String step, Progress progress) throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name());
        writeWeights(directory, graph, weights, step, progress);
        ServingEnds ends = new ServingEnds(graph, "serving.", OPERATOR_SET);
        ends.front(input, Normalization.IMAGENET, "input");
        LayerNodes layers = new LayerNodes(graph);
        String value = "input";
        for (PlacedLayer layer : network.placed()) {
            value = layers.append(layer, value);
        }
        ends.back(ends.softmax(value), Math.min(topK, network.classes()));
        try (OutputStream file = Files.newOutputStream(directory.resolve(ModelManifest.MODEL_FILE))) {
            model(graph).writeTo(file);
        }
    }

    private void writeWeights(Path directory, GraphProto.Builder graph, Weights weights, String step, Progress progress)
            throws IOException {
        long[] done = {0};
        try (WeightsFile file = WeightsFile.create(directory)) {
            for (Parameter parameter : network.parameters()) {
                Weights.ValueStream stream = weights.open(parameter);
                graph.addInitializer(file.append(parameter, (into, count) -> {
                    stream.next(into, count);
                    done[0] += count;
                    report(progress, step, done[0], network.parameterCount());
                }));
            }
        }
    }

    /** In megabytes, which people can read; the last one is only full when all values are. */
    private static void report(Progress progress, String step, long done, long count) {
        long total = count * Float.BYTES / 1_000_000 + 1;
        progress.report(step, done == count ? total : done * Float.BYTES / 1_000_000, total);
    }

    private static ModelProto model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("alexstream")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build();
    }
}
