package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.alexstream.contract.ModelManifest;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.Weights;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network of ours as it lies in a package: what it is, and its weights bit for bit. Immutable; the files must stay while it
 * is used.
 */
public record StoredModel(KnownNetwork kind, Network network, Weights weights) {

    /**
     * Reads what {@link NetworkGraph} wrote.
     *
     * @param directory a package's files
     * @param classes how many labels its manifest has
     * @throws RefusedModelException where it is no network of ours
     */
    public static StoredModel read(Path directory, int classes) throws IOException {
        GraphProto graph;
        try (InputStream file = Files.newInputStream(directory.resolve(ModelManifest.MODEL_FILE))) {
            graph = ModelProto.parseFrom(file).getGraph();
        }
        KnownNetwork kind = KnownNetwork.named(graph.getName())
                .orElseThrow(() -> refusal("its graph is '" + graph.getName() + "'"));
        boolean lrn =
                graph.getNodeList().stream().anyMatch(node -> node.getOpType().equals("LRN"));
        Network network = kind.of(classes, lrn);
        Map<String, TensorProto> tensors = new HashMap<>();
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        Map<String, Long> offsets = new HashMap<>();
        for (Parameter parameter : network.parameters()) {
            offsets.put(parameter.name(), offset(parameter, tensors.get(parameter.name())));
        }
        Path file = directory.resolve(WeightsFile.NAME);
        return new StoredModel(kind, network, parameter -> new FileStream(file, parameter, offsets));
    }

    private static RefusedModelException refusal(String why) {
        return new RefusedModelException(
                "the model cannot be trained: it is not one of 'model init' or 'model train' (" + why + ")");
    }

    private static long offset(Parameter parameter, @Nullable TensorProto tensor) {
        List<Long> dims = parameter.dims().stream().map(Integer::longValue).toList();
        if (tensor == null || !tensor.getDimsList().equals(dims)) {
            throw refusal("it has no " + parameter.name() + " of the shape " + dims);
        }
        Map<String, String> entries = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        if (!WeightsFile.NAME.equals(entries.get("location")) || entries.get("offset") == null) {
            throw refusal(parameter.name() + " does not lie in " + WeightsFile.NAME);
        }
        return Long.parseLong(entries.get("offset"));
    }

    /** Opens the file for each piece: a stream has no end that would close it. */
    private static final class FileStream implements Weights.ValueStream {

        private final Path file;
        private final String name;
        private long position;

        FileStream(Path file, Parameter parameter, Map<String, Long> offsets) {
            this.file = file;
            this.name = parameter.name();
            Long offset = offsets.get(name);
            if (offset == null) {
                throw new IllegalArgumentException("no parameter of the network: " + name);
            }
            this.position = offset;
        }

        @Override
        public void next(float[] into, int count) {
            ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (bytes.hasRemaining()) {
                    int read = channel.read(bytes, position);
                    if (read < 0) {
                        throw new EOFException(file + " ends within " + name);
                    }
                    position += read;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bytes.flip().asFloatBuffer().get(into, 0, count);
        }
    }
}
