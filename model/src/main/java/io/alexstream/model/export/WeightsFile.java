package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.Weights;
import java.io.EOFException;
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

    private WeightsFile(FileChannel channel) {
        this.channel = channel;
    }

    static WeightsFile create(Path directory) throws IOException {
        return new WeightsFile(
                FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Appends a parameter and gives the tensor that refers to it. */
    TensorProto append(Parameter parameter, Weights.ValueStream stream) throws IOException {
        long offset = align();
        int most = (int) Math.min(parameter.size(), CHUNK);
        float[] values = new float[most];
        ByteBuffer bytes = ByteBuffer.allocateDirect(most * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long left = parameter.size(); left > 0; ) {
            int count = (int) Math.min(left, CHUNK);
            stream.next(values, count);
            bytes.clear();
            bytes.asFloatBuffer().put(values, 0, count);
            write(bytes.limit(count * Float.BYTES));
            left -= count;
        }
        List<Long> dims = parameter.dims().stream().map(Integer::longValue).toList();
        TensorProto.Builder tensor = Tensors.tensor(parameter.name(), TensorProto.DataType.FLOAT, dims);
        return refer(tensor, offset, parameter.size() * Float.BYTES);
    }

    /** Appends the bytes of a tensor and gives the tensor without them. */
    TensorProto append(TensorProto tensor, ByteString data) throws IOException {
        long offset = align();
        for (ByteBuffer part : data.asReadOnlyByteBufferList()) {
            write(part);
        }
        return refer(tensor.toBuilder().clearRawData().clearFloatData(), offset, data.size());
    }

    /** Appends {@code length} bytes of another file as the data of the tensor. */
    TensorProto append(TensorProto tensor, FileChannel from, long position, long length) throws IOException {
        long offset = align();
        for (long copied = 0; copied < length; ) {
            long count = from.transferTo(position + copied, length - copied, channel);
            if (count <= 0) {
                throw new EOFException("the weights of " + tensor.getName() + " ended early");
            }
            copied += count;
        }
        return refer(tensor.toBuilder().clearExternalData(), offset, length);
    }

    private long align() throws IOException {
        long offset = (channel.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        channel.position(offset);
        return offset;
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static TensorProto refer(TensorProto.Builder tensor, long offset, long length) {
        return tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", NAME))
                .addExternalData(entry("offset", Long.toString(offset)))
                .addExternalData(entry("length", Long.toString(length)))
                .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Whether nothing was appended. */
    boolean isEmpty() throws IOException {
        return channel.position() == 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
