package io.alexstream.model.export;

import io.alexstream.contract.InputSpec;
import io.alexstream.model.network.AlexNet;
import io.alexstream.model.network.InitialWeights;
import io.alexstream.model.network.Initialization;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.TinyNet;
import java.io.IOException;
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
        return NetworkGraph.input(network, resize);
    }

    private Object origin() {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("source", "init");
        origin.put("network", network.name());
        origin.put("parameters", network.parameterCount());
        origin.put("lrn", network.hasLrn());
        origin.put("initialization", initialization.name());
        origin.put("seed", seed);
        origin.put("normalization", Normalization.IMAGENET);
        return origin;
    }

    @Override
    public Object writeTo(Path directory, Progress progress) throws IOException {
        NetworkGraph graph = new NetworkGraph(network, input(), topK);
        graph.writeTo(directory, new InitialWeights(network, initialization, seed), "drawing weights (MB)", progress);
        return origin();
    }
}
