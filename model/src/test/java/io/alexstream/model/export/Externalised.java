package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes foreign models whose weights lie in another file. */
final class Externalised {

    private Externalised() {}

    /** Moves the first constant to {@code location}, behind 7 bytes of something else. */
    static Path write(ForeignGraphs graph, Path directory, String location) throws IOException {
        TensorProto tensor = graph.graph.getInitializer(0);
        byte[] data = tensor.getRawData().toByteArray();
        byte[] file = new byte[7 + data.length];
        System.arraycopy(data, 0, file, 7, data.length);
        Path target = directory.resolve(location);
        Files.createDirectories(target.getParent());
        Files.write(target, file);
        graph.graph.setInitializer(0, refer(tensor, location, 7, data.length));
        return graph.write(directory);
    }

    /** The tensor with its data elsewhere. */
    static TensorProto refer(TensorProto tensor, String location, long offset, long length) {
        return tensor.toBuilder()
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", Long.toString(offset)))
                .addExternalData(entry("length", Long.toString(length)))
                .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
