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

    private FakeServing() {}

    public static ServingConfig config(Path modelPackage, Path cache, Duration linger) {
        return config(modelPackage, cache, linger, Duration.ofSeconds(30));
    }

    /** With another limit on loading. */
    public static ServingConfig config(Path modelPackage, Path cache, Duration linger, Duration loadTimeout) {
        return new ServingConfig(
                modelPackage.toUri().toString(),
                loadTimeout,
                cache,
                linger,
                List.of(1, 2, MAX_BATCH),
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
