package io.alexstream.gpubench;

import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.SessionOptions;
import java.util.Map;

/**
 * What is measured.
 *
 * @param gpu number of the card, as {@code nvidia-smi} counts; of no meaning on CPU
 * @param threads that share one run on CPU, and that decode
 */
record Device(ExecutionProvider provider, int gpu, int threads) {

    static final String HEURISTIC = "HEURISTIC";

    static final String EXHAUSTIVE = "EXHAUSTIVE";

    boolean isCuda() {
        return provider == ExecutionProvider.CUDA;
    }

    /** The operator's own options, which never fall back to CPU. */
    SessionOptions options(Precision precision) {
        return isCuda()
                ? new SessionOptions(SessionOptions.Preference.CUDA, threads, gpu, cudaOptions(precision, HEURISTIC))
                : SessionOptions.cpu(threads);
    }

    /** As the operator sends them with its defaults, but for what is asked here. */
    static Map<String, String> cudaOptions(Precision precision, String search) {
        return Map.of("use_tf32", precision.option(), "cudnn_conv_algo_search", search);
    }
}
