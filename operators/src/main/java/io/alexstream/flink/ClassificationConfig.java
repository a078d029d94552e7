package io.alexstream.flink;

import static io.alexstream.flink.ClassificationOptions.*;

import io.alexstream.image.DecoderKind;
import io.alexstream.image.FetchLimits;
import io.alexstream.image.ImageLimits;
import io.alexstream.image.UriPolicy;
import io.alexstream.inference.SessionOptions;
import io.alexstream.serving.ServingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The operator's options, validated together. Machine-dependent defaults (cores, memory, temporary folder) are taken where
 * this is made: on the client they only check the options, on the TaskManager they count.
 *
 * @param serving what one TaskManager's runtime needs to know
 * @param asyncCapacity most images in flight in one subtask
 * @param ordered whether results keep the order of their images
 */
public record ClassificationConfig(ServingConfig serving, int asyncCapacity, boolean ordered) {

    private static final int MAX_BATCH = 1024;
    private static final int MAX_THREADS = 1024;
    private static final int MAX_IN_FLIGHT = 1 << 16;

    /** Largest class count whose answers still make a readable event; ImageNet-21k has 21,843. */
    private static final int MAX_TOP_K = 1000;

    /** A record of more than 16 MiB is not read; what is beside the image needs room too. */
    private static final long MAX_INLINE = 15 << 20;

    /** Share of the heap that encoded images may take at once: small beside the decoded ones. */
    private static final int ENCODED_HEAP_SHARE = 8;

    /** Share of the heap that decoded pixels may take at once; the rest is Flink's and the decoders'. */
    private static final int PIXEL_HEAP_SHARE = 2;

    /**
     * Reads and validates all options.
     *
     * @param options those of {@link ClassificationOptions}; other keys are ignored
     * @return the options, with defaults of this machine where none is given
     * @throws InvalidOptionsException with every mistake, one line each
     */
    public static ClassificationConfig from(ReadableConfig options) {
        return from(options, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** @param temporaryFolder where packages are kept unless {@code model.cache-dir} says otherwise */
    static ClassificationConfig from(ReadableConfig options, Path temporaryFolder) {
        OptionReader reader = new OptionReader(options);
        int cores = Runtime.getRuntime().availableProcessors();
        int maxBatch = reader.integer(BATCH_MAX_SIZE, 32, 1, MAX_BATCH);
        int workers = reader.integer(INFERENCE_SESSIONS, 1, 1, 64);
        Duration linger = reader.duration(BATCH_LINGER, Duration.ZERO, Duration.ofMinutes(1));
        ServingConfig serving = new ServingConfig(
                modelPackage(reader),
                reader.duration(MODEL_LOAD_TIMEOUT, Duration.ofSeconds(1), Duration.ofHours(24)),
                cacheDirectory(reader, temporaryFolder),
                linger,
                allowedSizes(reader, maxBatch),
                sessions(reader, cores),
                workers,
                allowedUris(reader),
                fetchLimits(reader),
                imageLimits(reader),
                decoder(reader),
                reader.bool(IMAGE_APPLY_EXIF_ORIENTATION),
                reader.integer(IMAGE_FETCH_THREADS, 16, 1, MAX_THREADS),
                reader.integer(IMAGE_DECODE_THREADS, cores, 1, MAX_THREADS),
                reader.integer(OUTPUT_TOP_K, 5, 1, MAX_TOP_K));
        // Three: one batch runs, one waits, one is fetched and decoded.
        int capacity = reader.integer(ASYNC_CAPACITY, 3 * maxBatch, 1, MAX_IN_FLIGHT);
        boolean ordered = reader.bool(OUTPUT_ORDERED);
        reader.requireValid();
        return new ClassificationConfig(serving, capacity, ordered);
    }

    private static String modelPackage(OptionReader reader) {
        String uri = reader.text(MODEL_PACKAGE, "");
        if (uri.isEmpty()) {
            reader.problem("model.package is required: the URI of a package that 'model init' or 'model import' wrote");
        }
        return uri;
    }

    private static Path cacheDirectory(OptionReader reader, Path temporaryFolder) {
        String folder = reader.text(MODEL_CACHE_DIR, "");
        try {
            return folder.isEmpty() ? temporaryFolder : Path.of(folder);
        } catch (java.nio.file.InvalidPathException e) {
            reader.problem("model.cache-dir must be a local folder, was " + folder);
            return temporaryFolder;
        }
    }

    private static List<Integer> allowedSizes(OptionReader reader, int maxBatch) {
        TreeSet<Integer> sizes = new TreeSet<>();
        for (String entry : reader.list(BATCH_ALLOWED_SIZES)) {
            try {
                sizes.add(Integer.parseInt(entry));
            } catch (NumberFormatException e) {
                reader.problem("batch.allowed-sizes must be whole numbers, comma-separated; '" + entry + "' is none");
            }
        }
        if (sizes.isEmpty()) {
            for (int size = 1; size < maxBatch; size *= 2) {
                sizes.add(size);
            }
            sizes.add(maxBatch);
        }
        if (sizes.first() < 1 || sizes.last() != maxBatch) {
            reader.problem("batch.allowed-sizes must lie between 1 and batch.max-size (" + maxBatch
                    + ") and end with it, was " + sizes);
        }
        return List.copyOf(sizes);
    }

    private static SessionOptions sessions(OptionReader reader, int cores) {
        String provider = reader.oneOf(INFERENCE_EXECUTION_PROVIDER, List.of("auto", "cuda", "cpu"));
        Map<String, String> cuda = new TreeMap<>();
        // ONNX Runtime's own names: onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html
        cuda.put(
                "cudnn_conv_algo_search",
                reader.oneOf(INFERENCE_CUDA_CONVOLUTION_SEARCH, List.of("heuristic", "exhaustive", "default"))
                        .toUpperCase(Locale.ROOT));
        cuda.put("use_tf32", reader.bool(INFERENCE_CUDA_TF32) ? "1" : "0");
        long limit = reader.optionalBytes(INFERENCE_CUDA_MEMORY_LIMIT, 64 << 20);
        if (limit > 0) {
            cuda.put("gpu_mem_limit", Long.toString(limit));
        }
        return new SessionOptions(
                SessionOptions.Preference.valueOf(provider.toUpperCase(Locale.ROOT)),
                reader.integer(INFERENCE_INTRA_OP_THREADS, cores, 1, MAX_THREADS),
                0,
                cuda);
    }

    private static List<String> allowedUris(OptionReader reader) {
        List<String> entries = reader.list(IMAGE_ALLOWED_URIS);
        for (String entry : entries) {
            try {
                UriPolicy.of(List.of(entry));
            } catch (IllegalArgumentException e) {
                reader.problem("image.allowed-uris: " + e.getMessage());
            }
        }
        if (entries.isEmpty()) {
            reader.problem("image.allowed-uris must name at least one scheme, folder or host, such as data: or"
                    + " file:///data/images/");
        }
        return entries;
    }

    private static FetchLimits fetchLimits(OptionReader reader) {
        long maxBytes = reader.bytes(IMAGE_MAX_BYTES, 1, 1L << 30);
        long maxInlineBytes = reader.bytes(IMAGE_MAX_INLINE_BYTES, 1, MAX_INLINE);
        return new FetchLimits(
                maxBytes,
                maxInlineBytes,
                reader.duration(IMAGE_FETCH_TIMEOUT, Duration.ofMillis(1), Duration.ofHours(1)),
                reader.integer(IMAGE_FETCH_RETRIES, 0, 0, 100),
                Math.max(
                        Math.max(maxBytes, maxInlineBytes), Runtime.getRuntime().maxMemory() / ENCODED_HEAP_SHARE));
    }

    private static DecoderKind decoder(OptionReader reader) {
        return DecoderKind.valueOf(
                reader.oneOf(IMAGE_DECODER, List.of("imageio", "opencv")).toUpperCase(Locale.ROOT));
    }

    private static ImageLimits imageLimits(OptionReader reader) {
        return new ImageLimits(
                reader.longInteger(IMAGE_MAX_PIXELS, 1, Integer.MAX_VALUE / 4),
                reader.integer(IMAGE_MAX_SCANS, 100, 1, 10_000),
                Runtime.getRuntime().maxMemory() / PIXEL_HEAP_SHARE);
    }
}
