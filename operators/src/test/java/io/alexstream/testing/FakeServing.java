package io.alexstream.testing;

import io.alexstream.image.DecoderKind;
import io.alexstream.image.FetchLimits;
import io.alexstream.image.ImageLimits;
import io.alexstream.inference.SessionOptions;
import io.alexstream.serving.ServingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A runtime's configuration for tests: batches of up to 4, {@code data:} images only. */
public final class FakeServing {

    public static final int MAX_BATCH = 4;

    private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(30);

    private FakeServing() {}

    public static ServingConfig config(Path modelPackage, Path cache, Duration linger) {
        return config(modelPackage, cache, linger, LOAD_TIMEOUT);
    }

    /** With another limit on loading. */
    public static ServingConfig config(Path modelPackage, Path cache, Duration linger, Duration loadTimeout) {
        return config(modelPackage, cache, linger, loadTimeout, List.of(1, 2, MAX_BATCH));
    }

    /** With batches of up to {@code maxBatch}. */
    public static ServingConfig config(Path modelPackage, Path cache, Duration linger, int maxBatch) {
        return config(modelPackage, cache, linger, LOAD_TIMEOUT, List.of(1, maxBatch));
    }

    private static ServingConfig config(
            Path modelPackage, Path cache, Duration linger, Duration loadTimeout, List<Integer> batchSizes) {
        return new ServingConfig(
                modelPackage.toUri().toString(),
                loadTimeout,
                cache,
                linger,
                batchSizes,
                SessionOptions.cpu(1),
                1,
                List.of("data:"),
                new FetchLimits(1 << 20, 1 << 20, Duration.ofSeconds(10), 0, 8 << 20),
                new ImageLimits(1_000_000, 100, 64 << 20),
                DecoderKind.IMAGEIO,
                true,
                2,
                2,
                2);
    }
}
