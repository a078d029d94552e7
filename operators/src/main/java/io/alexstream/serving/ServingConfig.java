package io.alexstream.serving;

import io.alexstream.batching.BatchPolicy;
import io.alexstream.image.DecoderKind;
import io.alexstream.image.FetchLimits;
import io.alexstream.image.ImageLimits;
import io.alexstream.inference.SessionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a runtime needs to know; validated by those who make it from options.
 *
 * @param modelPackage URI of the package that serves
 * @param cacheDirectory where packages are fetched to
 * @param linger how long the first frame of a batch waits for more while a device is free
 * @param allowedBatchSizes rising; the last is the maximum
 * @param workers inference threads a device: runs at a time
 * @param allowedUris what {@link io.alexstream.image.UriPolicy} lets through
 * @param topK most predictions an image
 */
public record ServingConfig(
        String modelPackage,
        Duration loadTimeout,
        Path cacheDirectory,
        Duration linger,
        List<Integer> allowedBatchSizes,
        SessionOptions sessions,
        int workers,
        List<String> allowedUris,
        FetchLimits fetchLimits,
        ImageLimits imageLimits,
        DecoderKind decoder,
        boolean applyExifOrientation,
        int fetchThreads,
        int decodeThreads,
        int topK) {

    /** Most frames in one batch. */
    public int maxBatchSize() {
        return allowedBatchSizes.get(allowedBatchSizes.size() - 1);
    }

    /** One batch runs in each worker of each device, one waits ready, one fills. */
    BatchPolicy batching(int devices) {
        return new BatchPolicy(maxBatchSize(), linger, devices * workers + 2);
    }
}
