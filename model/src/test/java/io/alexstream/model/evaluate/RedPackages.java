package io.alexstream.model.evaluate;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelManifest.FileEntry;
import io.alexstream.contract.ModelRef;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.ModelSignature;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.TopK;
import io.alexstream.serving.ModelPackage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Packages without files, and sessions without models: the red of a frame's first pixel is its class, with probability 0.75,
 * before the two next higher ones. The side of the frames that a graph takes is the name of its directory.
 */
public final class RedPackages implements SessionFactory {

    private static final int CLASSES = 200;

    /** Batches so far, by their size. */
    final List<Integer> runs = new ArrayList<>();

    /** Sessions that are open now. */
    int open;

    /** A package whose manifest and graph may say different sides. */
    public static ModelPackage of(int version, int side, int sideOfGraph) {
        FileEntry entry = new FileEntry("0".repeat(64), 1);
        ModelManifest manifest = new ModelManifest(
                "red",
                version,
                null,
                Instant.EPOCH,
                Map.of("model.onnx", entry, "golden.bin", entry),
                InputSpec.square(side, side),
                IntStream.range(0, CLASSES).mapToObj(i -> "class " + i).toList(),
                null,
                null,
                new ModelManifest.Golden(
                        "golden.bin", 1e-3, List.of(new ModelManifest.GoldenSample(List.of(0), List.of(0.75f)))));
        ModelRef ref = new ModelRef("red", version, "file:/red/" + version, "0".repeat(64));
        return new ModelPackage(ref, manifest, Path.of(Integer.toString(sideOfGraph)));
    }

    @Override
    public InferenceSession open(Path model) {
        int side = Integer.parseInt(model.getParent().toString());
        open++;
        return new Session(new ModelSignature(side, side, 3));
    }

    private final class Session implements InferenceSession {

        private final ModelSignature signature;

        Session(ModelSignature signature) {
            this.signature = signature;
        }

        @Override
        public ModelSignature signature() {
            return signature;
        }

        @Override
        public ExecutionProvider executionProvider() {
            return ExecutionProvider.CPU;
        }

        @Override
        public TopK run(ByteBuffer frames, int count) {
            runs.add(count);
            float[] probabilities = new float[count * 3];
            long[] classes = new long[count * 3];
            for (int i = 0; i < count * 3; i++) {
                probabilities[i] = i % 3 == 0 ? 0.75f : 0.01f;
                classes[i] = (frames.get(i / 3 * signature.frameBytes()) & 0xff) + i % 3;
            }
            return new TopK(count, 3, probabilities, classes);
        }

        @Override
        public void close() {
            open--;
        }
    }
}
