package io.alexstream.testing;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelManifest.FileEntry;
import io.alexstream.contract.ModelManifest.Golden;
import io.alexstream.contract.ModelManifest.GoldenSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Packages whose graph only {@link FakeInferenceSession} can run. */
public final class FakePackages {

    public static final int SIDE = 8;
    public static final int CLASSES = 200;
    private static final String SIDE_PREFIX = "side ";

    private FakePackages() {}

    /** Writes a package of this version under {@code repository}; the text makes its checksum its own. */
    public static Path write(Path repository, int version, String text) {
        return write(repository, "fake", version, text, SIDE);
    }

    /** Of any name, and of frames of {@code side} x {@code side}. */
    public static Path write(Path repository, String name, int version, String text, int side) {
        byte[] model = (side == SIDE ? text : SIDE_PREFIX + side + " " + text).getBytes(StandardCharsets.UTF_8);
        byte[] golden = new byte[side * side * 3];
        golden[0] = 7;
        List<String> labels =
                IntStream.range(0, CLASSES).mapToObj(i -> "class " + i).toList();
        return write(
                repository, name, version, model, side, labels, golden, new GoldenSample(List.of(7), List.of(0.75f)));
    }

    /** A package that ONNX Runtime can run: {@link TinyOnnx}, so many bytes heavier. */
    public static Path writeOnnx(Path repository, int version, int bytes) {
        // All black: every class alike.
        return writeOnnx(repository, version, TinyOnnx.heavy(bytes), List.of("red", "green", "blue"), 1 / 3f);
    }

    /** With a graph, labels, and a probability of the first class of a black frame that may not be the package's. */
    public static Path writeOnnx(
            Path repository, int version, byte[] model, List<String> labels, float expectedOfBlack) {
        byte[] golden = new byte[TinyOnnx.SIDE * TinyOnnx.SIDE * 3];
        GoldenSample sample = new GoldenSample(List.of(0), List.of(expectedOfBlack));
        return write(repository, "tiny", version, model, TinyOnnx.SIDE, labels, golden, sample);
    }

    private static Path write(
            Path repository,
            String name,
            int version,
            byte[] model,
            int side,
            List<String> labels,
            byte[] golden,
            GoldenSample expected) {
        try {
            Path directory = Files.createDirectories(repository.resolve(name + "/" + version));
            Files.write(directory.resolve("model.onnx"), model);
            Files.write(directory.resolve("golden.bin"), golden);
            ModelManifest manifest = new ModelManifest(
                    name,
                    version,
                    null,
                    Instant.EPOCH,
                    Map.of("model.onnx", entry(model), "golden.bin", entry(golden)),
                    InputSpec.square(side, side),
                    labels,
                    null,
                    null,
                    new Golden("golden.bin", 1e-3, List.of(expected)));
            Files.write(directory.resolve(ModelManifest.FILE_NAME), Json.toPrettyBytes(manifest));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The side of the frames that a package's graph takes. */
    static int side(Path model) {
        try {
            String text = Files.readString(model);
            return text.startsWith(SIDE_PREFIX) ? Integer.parseInt(text.split(" ", -1)[1]) : SIDE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileEntry entry(byte[] bytes) {
        try {
            return new FileEntry(
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                    bytes.length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
