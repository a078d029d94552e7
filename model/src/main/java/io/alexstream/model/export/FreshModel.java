package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.model.network.AlexNet;
import io.alexstream.model.network.InitialWeights;
import io.alexstream.model.network.Initialization;
import io.alexstream.model.network.Layer;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.PlacedLayer;
import io.alexstream.model.network.TinyNet;
import io.alexstream.model.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network of ours with first weights. The same values give the same files, byte for byte. Immutable.
 *
 * @param resize shorter side of an image before the crop to the network's input
 * @param topK most predictions a frame; at most one a class is given
 */
public record FreshModel(
        Network network, int resize, List<String> labels, Initialization initialization, long seed, int topK)
        implements ModelSource {

    /** Predictions a frame, where nothing else is asked. */
    public static final int DEFAULT_TOP_K = 10;

    /** Known to every ONNX Runtime since 1.12, and new enough for every operator used. */
    private static final int OPERATOR_SET = 17;

    /** The file format version that came with operator set 17 (ONNX 1.12). */
    private static final int IR_VERSION = 8;

    public FreshModel {
        labels = List.copyOf(labels);
        if (labels.size() != network.classes()) {
            throw new IllegalArgumentException(
                    "the network has " + network.classes() + " classes, but there are " + labels.size() + " labels");
        }
        if (topK < 1) {
            throw new IllegalArgumentException("topK must be 1 or more, was " + topK);
        }
    }

    /** AlexNet without LRN, He's initialisation. */
    public static FreshModel alexNet(List<String> labels, long seed) {
        Network network = AlexNet.of(labels.size(), false);
        return new FreshModel(network, AlexNet.RESIZE, labels, Initialization.he(), seed, DEFAULT_TOP_K);
    }

    /** The tiny network, with answers that differ from image to image: its last layer is not scaled down. */
    public static FreshModel tiny(List<String> labels, long seed) {
        Network network = TinyNet.of(labels.size());
        return new FreshModel(network, TinyNet.RESIZE, labels, new Initialization.He(1), seed, DEFAULT_TOP_K);
    }

    @Override
    public InputSpec input() {
        return new InputSpec(
                network.input().height(),
                network.input().width(),
                resize,
                InputSpec.CENTER,
                InputSpec.BILINEAR_ANTIALIAS);
    }

    private Object origin() {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("source", "init");
        origin.put("network", network.name());
        origin.put("parameters", network.parameterCount());
        origin.put("lrn", network.layers().stream().anyMatch(Layer.LocalResponseNormalization.class::isInstance));
        origin.put("initialization", initialization.name());
        origin.put("seed", seed);
        origin.put("normalization", Normalization.IMAGENET);
        return origin;
    }

    @Override
    public Object writeTo(Path directory, Progress progress) throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name());
        writeWeights(directory, graph, progress);
        ServingEnds ends = new ServingEnds(graph, "serving.", OPERATOR_SET);
        ends.front(input(), Normalization.IMAGENET, "input");
        LayerNodes layers = new LayerNodes(graph);
        String value = "input";
        for (PlacedLayer layer : network.placed()) {
            value = layers.append(layer, value);
        }
        ends.back(ends.softmax(value), Math.min(topK, labels.size()));
        try (OutputStream file = Files.newOutputStream(directory.resolve(ModelManifest.MODEL_FILE))) {
            model(graph).writeTo(file);
        }
        return origin();
    }

    private void writeWeights(Path directory, GraphProto.Builder graph, Progress progress) throws IOException {
        InitialWeights weights = new InitialWeights(network, initialization, seed);
        long[] done = {0};
        try (WeightsFile file = WeightsFile.create(directory)) {
            for (Parameter parameter : network.parameters()) {
                Weights.ValueStream stream = weights.open(parameter);
                graph.addInitializer(file.append(parameter, (into, count) -> {
                    stream.next(into, count);
                    done[0] += count;
                    report(progress, done[0], network.parameterCount());
                }));
            }
        }
    }

    /** In megabytes, which people can read; the last one is only full when all values are. */
    private static void report(Progress progress, long done, long count) {
        long total = count * Float.BYTES / 1_000_000 + 1;
        progress.report("drawing weights (MB)", done == count ? total : done * Float.BYTES / 1_000_000, total);
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
