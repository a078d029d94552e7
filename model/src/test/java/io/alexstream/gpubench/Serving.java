package io.alexstream.gpubench;

import io.alexstream.image.FetchLimits;
import io.alexstream.image.ImageLimits;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.serving.ServingConfig;
import io.alexstream.serving.ServingRuntime;
import io.alexstream.serving.ServingRuntimeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The operator's runtime as a job with its default options makes it. Stateless. */
final class Serving {

    private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration LINGER = Duration.ofMillis(5);
    private static final int FETCH_THREADS = 16;
    private static final int TOP_K = 5;

    private Serving() {}

    /** Has loaded the model; the caller closes it. */
    static ServingRuntime start(Setting setting, int maxBatchSize) {
        SessionOptions sessions = setting.device().options(BareLoops.defaultPrecision(setting));
        String uri = setting.model().ref().uri();
        ServingConfig config = new ServingConfig(
                uri,
                LOAD_TIMEOUT,
                setting.work().resolve("cache"),
                LINGER,
                allowedSizes(maxBatchSize),
                sessions,
                1,
                List.of(setting.pictures().toUri().toString()),
                FetchLimits.ofDefaults(),
                ImageLimits.ofDefaults(),
                setting.decoder(),
                true,
                FETCH_THREADS,
                setting.device().threads(),
                TOP_K);
        ServingRuntime runtime = ServingRuntimeFactory.start(config, List.of(new OnnxSessionFactory(sessions)));
        try {
            runtime.begin(uri, null);
            runtime.inputBegan();
            return runtime;
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    /** Powers of two and the maximum. */
    static List<Integer> allowedSizes(int maximum) {
        List<Integer> sizes = new ArrayList<>();
        for (int size = 1; size < maximum; size *= 2) {
            sizes.add(size);
        }
        sizes.add(maximum);
        return sizes;
    }
}
