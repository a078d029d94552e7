package io.alexstream.gpubench;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import io.alexstream.image.DecoderKind;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.serving.ModelPackage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of a model that nobody has written to a disk. */
final class Settings {

    private static final String SHA256 = "0".repeat(64);

    private Settings() {}

    /** @param frameBytes of a square input */
    static Setting of(int batch, int frameBytes, @Nullable Long multiplyAdds, long weightBytes) {
        int side = (int) Math.sqrt(frameBytes / 3.0);
        ModelManifest manifest = new ModelManifest(
                "alexnet",
                1,
                null,
                Instant.EPOCH,
                Map.of(
                        ModelManifest.MODEL_FILE,
                        new ModelManifest.FileEntry(SHA256, weightBytes),
                        "golden.bin",
                        new ModelManifest.FileEntry(SHA256, frameBytes)),
                new InputSpec(side, side, side, InputSpec.CENTER, InputSpec.BILINEAR_ANTIALIAS),
                List.of("a", "b"),
                null,
                null,
                new ModelManifest.Golden(
                        "golden.bin", 0.01, List.of(new ModelManifest.GoldenSample(List.of(0), List.of(0.5f)))));
        Path nowhere = Path.of("nowhere");
        return new Setting(
                new Device(ExecutionProvider.CUDA, 0, 1),
                new ModelPackage(new ModelRef("alexnet", 1, "file:///nowhere", SHA256), manifest, nowhere),
                List.of(batch),
                Duration.ofSeconds(1),
                1,
                DecoderKind.IMAGEIO,
                nowhere,
                multiplyAdds,
                nowhere);
    }
}
