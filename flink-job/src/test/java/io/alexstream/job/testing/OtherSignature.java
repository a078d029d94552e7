package io.alexstream.job.testing;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelManifest.FileEntry;
import io.alexstream.contract.ModelRef;
import io.alexstream.model.publish.WrittenPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** A package that is whole, with right checksums, and whose graph takes its pixels under another name than it must. */
public final class OtherSignature {

    private static final String INPUT = "image";

    private OtherSignature() {}

    /** Changes the package where it lies; nobody may have published it. */
    public static ModelRef giveTo(WrittenPackage written) throws IOException {
        Path file = written.directory().resolve(ModelManifest.MODEL_FILE);
        byte[] model = withOtherInput(ModelProto.parseFrom(Files.readAllBytes(file)));
        Files.write(file, model);
        ModelManifest old = written.manifest();
        Map<String, FileEntry> files = new HashMap<>(old.files());
        files.put(ModelManifest.MODEL_FILE, new FileEntry(sha256(model), model.length));
        byte[] manifest = Json.toPrettyBytes(new ModelManifest(
                old.name(),
                old.version(),
                old.parentVersion(),
                old.createdAt(),
                files,
                old.input(),
                old.labels(),
                old.metrics(),
                old.training(),
                old.golden()));
        Files.write(written.directory().resolve(ModelManifest.FILE_NAME), manifest);
        ModelRef ref = written.ref();
        return new ModelRef(ref.name(), ref.version(), ref.uri(), sha256(manifest));
    }

    private static byte[] withOtherInput(ModelProto model) {
        GraphProto.Builder graph = model.getGraph().toBuilder();
        graph.getInputBuilderList().stream()
                .filter(input -> input.getName().equals(INPUT))
                .forEach(input -> input.setName("pixels"));
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                if (node.getInput(i).equals(INPUT)) {
                    node.setInput(i, "pixels");
                }
            }
        }
        return model.toBuilder().setGraph(graph).build().toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
