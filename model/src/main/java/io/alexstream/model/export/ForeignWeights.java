package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Moves the weights of a foreign model into the package's own weights file, those that lie in files beside the model too.
 * Confined to one thread.
 */
final class ForeignWeights {

    /** Smaller constants stay in the graph: shapes and the like must, for the runtime infers from them. */
    private static final int LEAST_BYTES = 4096;

    private final Path besides;

    /** @param model the foreign file; relative locations start in its directory */
    ForeignWeights(Path model) {
        Path parent = model.toAbsolutePath().getParent();
        this.besides = parent == null ? Path.of("") : parent;
    }

    /** Rewrites the graph's initializers; makes no weights file where none is large. */
    void moveTo(Path directory, GraphProto.Builder graph, Progress progress) throws IOException {
        boolean empty;
        try (WeightsFile file = WeightsFile.create(directory)) {
            int count = graph.getInitializerCount();
            for (int i = 0; i < count; i++) {
                graph.setInitializer(i, moved(graph.getInitializer(i), file));
                progress.report("copying weights", i + 1L, count);
            }
            empty = file.isEmpty();
        }
        if (empty) {
            Files.delete(directory.resolve(WeightsFile.NAME));
        }
    }

    private TensorProto moved(TensorProto tensor, WeightsFile file) throws IOException {
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return movedFromFile(tensor, file);
        }
        if (tensor.getRawData().size() >= LEAST_BYTES) {
            return file.append(tensor, tensor.getRawData());
        }
        if (tensor.getFloatDataCount() * Float.BYTES >= LEAST_BYTES
                && tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
            return file.append(tensor, raw(tensor));
        }
        return tensor;
    }

    private static ByteString raw(TensorProto tensor) {
        ByteBuffer bytes =
                ByteBuffer.allocate(tensor.getFloatDataCount() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        tensor.getFloatDataList().forEach(bytes::putFloat);
        return ByteString.copyFrom(bytes.flip());
    }

    private TensorProto movedFromFile(TensorProto tensor, WeightsFile file) throws IOException {
        Map<String, String> where = tensor.getExternalDataList().stream()
                .collect(Collectors.toMap(
                        StringStringEntryProto::getKey, StringStringEntryProto::getValue, (first, second) -> second));
        Path source = resolve(tensor, where.getOrDefault("location", ""));
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ)) {
            long offset = number(tensor, where.getOrDefault("offset", "0"));
            long length = where.containsKey("length")
                    ? number(tensor, where.getOrDefault("length", "0"))
                    : from.size() - offset;
            if (length < 1 || length > from.size() - offset) {
                throw new RefusedModelException(
                        "weights of " + tensor.getName() + " should be " + length + " bytes from " + offset + " of "
                                + source.getFileName() + ", which has " + from.size() + "; copy it whole");
            }
            return file.append(tensor, from, offset, length);
        }
    }

    /** A model may name files below its own directory only: it must not carry others into a package. */
    private Path resolve(TensorProto tensor, String location) {
        Path source = besides.resolve(location).normalize();
        if (location.isEmpty() || !source.startsWith(besides.normalize())) {
            throw new RefusedModelException("weights of " + tensor.getName() + " lie in '" + location
                    + "', outside the model's directory; that is refused");
        }
        if (!Files.isRegularFile(source)) {
            throw new RefusedModelException("weights of " + tensor.getName() + " lie in '" + location
                    + "', which is not there; put it beside the model");
        }
        return source;
    }

    private static long number(TensorProto tensor, String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a negative number is.
        }
        throw new RefusedModelException("weights of " + tensor.getName() + " have the bad position '" + text + "'");
    }
}
