package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The file of weights beside {@code model.onnx} (ONNX's external data), written as a stream. Confined to one thread; the
 * caller closes.
 */
final class WeightsFile implements AutoCloseable {

    /** Its name in a package. */
    static final String NAME = "weights.bin";

    /** Tensors begin at multiples of a memory page, so that a runtime can map them (onnx.proto, external_data). */
    private static final int ALIGNMENT = 4096;

    /** Values in one write; 1 MiB of bytes. */
    private static final int CHUNK = 1 << 18;

    private final FileChannel channel;
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final float[] values = new float[CHUNK];

    private WeightsFile(FileChannel channel) {
        this.channel = channel;
    }

    static WeightsFile create(Path directory) throws IOException {
        return new WeightsFile(
                FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Appends a parameter and gives the tensor that refers to it. */
    TensorProto append(Parameter parameter, Weights.ValueStream stream) throws IOException {
        long offset = (channel.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        channel.position(offset);
        for (long left = parameter.size(); left > 0; ) {
            int count = (int) Math.min(left, CHUNK);
            stream.next(values, count);
            write(count);
            left -= count;
        }
        List<Long> dims = parameter.dims().stream().map(Integer::longValue).toList();
        return Tensors.tensor(parameter.name(), TensorProto.DataType.FLOAT, dims)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", NAME))
                .addExternalData(entry("offset", Long.toString(offset)))
                .addExternalData(entry("length", Long.toString(parameter.size() * Float.BYTES)))
                .build();
    }

    private void write(int count) throws IOException {
        bytes.clear();
        bytes.asFloatBuffer().put(values, 0, count);
        bytes.limit(count * Float.BYTES);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
