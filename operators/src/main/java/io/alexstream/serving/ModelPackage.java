package io.alexstream.serving;

import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import java.nio.file.Path;

/**
 * A package on the local disk, every file of it verified.
 *
 * @param directory holds the manifest's files; owned by the {@link ModelCache}
 */
public record ModelPackage(ModelRef ref, ModelManifest manifest, Path directory) {

    /** The serving graph. */
    public Path model() {
        return directory.resolve(ModelManifest.MODEL_FILE);
    }

    /** The golden frames. */
    public Path goldenFrames() {
        return directory.resolve(manifest.golden().frames());
    }
}
