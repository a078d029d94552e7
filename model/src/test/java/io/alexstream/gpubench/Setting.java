package io.alexstream.gpubench;

import io.alexstream.image.DecoderKind;
import io.alexstream.serving.ModelPackage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the bench was asked for.
 *
 * @param model the package that is measured
 * @param batches sizes to measure, rising
 * @param cell how long each cell of a table is measured; warming up takes a quarter of it more
 * @param swaps how many models are swapped
 * @param pictures a folder of JPEGs for the frame path
 * @param multiplyAdds of one image, or null where nobody knows: there is no floor for computing then
 * @param work folder for what the bench makes
 */
record Setting(
        Device device,
        ModelPackage model,
        List<Integer> batches,
        Duration cell,
        int swaps,
        DecoderKind decoder,
        Path pictures,
        @Nullable Long multiplyAdds,
        Path work) {

    int largestBatch() {
        return batches.get(batches.size() - 1);
    }

    int frameBytes() {
        return model.manifest().input().frameBytes();
    }

    /** Of graph and weights: what a batch reads at least once. */
    long weightBytes() {
        return model.manifest().files().entrySet().stream()
                .filter(file -> !file.getKey().equals(model.manifest().golden().frames()))
                .mapToLong(file -> file.getValue().size())
                .sum();
    }
}
