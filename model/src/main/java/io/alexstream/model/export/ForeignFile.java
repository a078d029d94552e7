package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads ONNX files. */
final class ForeignFile {

    private ForeignFile() {}

    /**
     * Parses the file in place: its weights stay in mapped memory and never enter the heap. The file must not change while
     * the model is used.
     */
    static ModelProto read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new RefusedModelException(
                        file + " is larger than 2 GB, the most one ONNX file can be; export it with external data");
            }
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            input.enableAliasing(true);
            input.setSizeLimit(Integer.MAX_VALUE);
            return checked(file, ModelProto.parseFrom(input));
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedModelException(file + " is no ONNX model: it does not parse", e);
        }
    }

    private static ModelProto checked(Path file, ModelProto model) {
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new RefusedModelException(file + " is no ONNX model: it has no graph");
        }
        return model;
    }
}
