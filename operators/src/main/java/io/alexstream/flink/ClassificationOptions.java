package io.alexstream.flink;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Every option of the operator: key, type, default, description. What values are allowed is {@link ClassificationConfig}'s. */
public final class ClassificationOptions {

    public static final ConfigOption<String> MODEL_PACKAGE = ConfigOptions.key("model.package")
            .stringType()
            .noDefaultValue()
            .withDescription("URI of the model package that serves: a folder <name>/<version> with a manifest.json."
                    + " Required.");

    public static final ConfigOption<Duration> MODEL_LOAD_TIMEOUT = ConfigOptions.key("model.load-timeout")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription("Longest that fetching, checking, loading and warming up a package may take.");

    public static final ConfigOption<String> MODEL_CACHE_DIR = ConfigOptions.key("model.cache-dir")
            .stringType()
            .noDefaultValue()
            .withDescription("Local folder for fetched packages. Default: Flink's temporary folder (io.tmp.dirs).");

    public static final ConfigOption<Integer> BATCH_MAX_SIZE = ConfigOptions.key("batch.max-size")
            .intType()
            .defaultValue(32)
            .withDescription(
                    "Most images that run together. A CPU runs more than 24, or 12 a thread where that is more, in parts, so that the"
                            + " first results leave earlier, unless as many again wait.");

    public static final ConfigOption<Duration> BATCH_LINGER = ConfigOptions.key("batch.linger")
            .durationType()
            .defaultValue(Duration.ofMillis(5))
            .withDescription("How long the first image of a batch waits for more while the device is free.");

    public static final ConfigOption<String> BATCH_ALLOWED_SIZES = ConfigOptions.key("batch.allowed-sizes")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Batch sizes that run on CUDA, comma-separated; smaller batches are padded. The last must be"
                            + " batch.max-size. Default: powers of two and batch.max-size. On CPU nothing is padded.");

    public static final ConfigOption<String> INFERENCE_EXECUTION_PROVIDER = ConfigOptions.key(
                    "inference.execution-provider")
            .stringType()
            .defaultValue("auto")
            .withDescription(
                    "cuda (fail if it cannot be used), cpu, or auto (cuda where it works, else cpu with a warning).");

    public static final ConfigOption<Integer> INFERENCE_SESSIONS = ConfigOptions.key("inference.sessions")
            .intType()
            .defaultValue(1)
            .withDescription("Batches that run at a time on one device.");

    public static final ConfigOption<Integer> INFERENCE_INTRA_OP_THREADS = ConfigOptions.key(
                    "inference.intra-op-threads")
            .intType()
            .noDefaultValue()
            .withDescription(
                    "Threads that share one run on CPU; all models of a job share them, and with ONNX Runtime in lib/ all jobs of"
                            + " a TaskManager do that have the same number as its first. There a job with another number has"
                            + " threads of its own for each model, and loads new versions at the priority of serving. Default: the machine's cores.");

    public static final ConfigOption<MemorySize> INFERENCE_CUDA_MEMORY_LIMIT = ConfigOptions.key(
                    "inference.cuda.memory-limit")
            .memoryType()
            .noDefaultValue()
            .withDescription("Most device memory that ONNX Runtime's arena takes (gpu_mem_limit). Default: no limit.");

    public static final ConfigOption<Boolean> INFERENCE_CUDA_TF32 = ConfigOptions.key("inference.cuda.tf32")
            .booleanType()
            .defaultValue(true)
            .withDescription("Whether fp32 products may use TF32 units (use_tf32).");

    public static final ConfigOption<String> INFERENCE_CUDA_CONVOLUTION_SEARCH = ConfigOptions.key(
                    "inference.cuda.convolution-search")
            .stringType()
            .defaultValue("heuristic")
            .withDescription(
                    "How cuDNN picks its convolutions (cudnn_conv_algo_search): heuristic, exhaustive or default.");

    public static final ConfigOption<Integer> ASYNC_CAPACITY = ConfigOptions.key("async.capacity")
            .intType()
            .noDefaultValue()
            .withDescription("Most images in flight in one subtask. Default: three times batch.max-size.");

    public static final ConfigOption<String> IMAGE_DECODER = ConfigOptions.key("image.decoder")
            .stringType()
            .defaultValue("imageio")
            .withDescription(
                    "imageio: Java's own decoders, no native code. opencv: decodes large JPEG photographs at reduced size,"
                            + " 1.6 (grainy) to 2.8 times (smooth) as fast at 12 megapixels; its jars must lie in Flink's lib/.");

    public static final ConfigOption<String> IMAGE_ALLOWED_URIS = ConfigOptions.key("image.allowed-uris")
            .stringType()
            .defaultValue("data:")
            .withDescription("What may be fetched, comma-separated: data:, file:///folder/, https://host/path/,"
                    + " s3://bucket/prefix/ … Compared by scheme, host, port and whole path segments.");

    public static final ConfigOption<MemorySize> IMAGE_MAX_BYTES = ConfigOptions.key("image.max-bytes")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(20))
            .withDescription("Largest image file.");

    public static final ConfigOption<MemorySize> IMAGE_MAX_INLINE_BYTES = ConfigOptions.key("image.max-inline-bytes")
            .memoryType()
            .defaultValue(new MemorySize(512 << 10))
            .withDescription("Longest data: URI, as text; it is kept in state while it is in flight.");

    public static final ConfigOption<Long> IMAGE_MAX_PIXELS = ConfigOptions.key("image.max-pixels")
            .longType()
            .defaultValue(50_000_000L)
            .withDescription("Most pixels, width x height, by the image's header.");

    public static final ConfigOption<Integer> IMAGE_MAX_SCANS = ConfigOptions.key("image.max-scans")
            .intType()
            .defaultValue(100)
            .withDescription(
                    "Most scans of a JPEG; a small file with thousands of them keeps a decoder busy for minutes.");

    public static final ConfigOption<Duration> IMAGE_FETCH_TIMEOUT = ConfigOptions.key("image.fetch-timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription("Longest that fetching an image may take in all, retries included.");

    public static final ConfigOption<Integer> IMAGE_FETCH_RETRIES = ConfigOptions.key("image.fetch-retries")
            .intType()
            .defaultValue(0)
            .withDescription("How often a failed fetch is tried again within image.fetch-timeout.");

    public static final ConfigOption<Boolean> IMAGE_APPLY_EXIF_ORIENTATION = ConfigOptions.key(
                    "image.apply-exif-orientation")
            .booleanType()
            .defaultValue(true)
            .withDescription("Whether an image is turned as its EXIF orientation says.");

    public static final ConfigOption<Integer> IMAGE_DECODE_THREADS = ConfigOptions.key("image.decode-threads")
            .intType()
            .noDefaultValue()
            .withDescription("Threads that decode, in one TaskManager. Default: the machine's cores.");

    public static final ConfigOption<Integer> IMAGE_FETCH_THREADS = ConfigOptions.key("image.fetch-threads")
            .intType()
            .defaultValue(16)
            .withDescription("Threads that fetch, in one TaskManager.");

    public static final ConfigOption<Integer> OUTPUT_TOP_K = ConfigOptions.key("output.top-k")
            .intType()
            .defaultValue(5)
            .withDescription("Most predictions in an event; the model's own limit holds too.");

    public static final ConfigOption<Boolean> OUTPUT_ORDERED = ConfigOptions.key("output.ordered")
            .booleanType()
            .defaultValue(false)
            .withDescription("Whether results leave a subtask in the order in which its images came.");

    private ClassificationOptions() {}

    /** All of them, in the order in which they are documented. */
    public static List<ConfigOption<?>> all() {
        return List.of(
                MODEL_PACKAGE,
                MODEL_LOAD_TIMEOUT,
                MODEL_CACHE_DIR,
                BATCH_MAX_SIZE,
                BATCH_LINGER,
                BATCH_ALLOWED_SIZES,
                INFERENCE_EXECUTION_PROVIDER,
                INFERENCE_SESSIONS,
                INFERENCE_INTRA_OP_THREADS,
                INFERENCE_CUDA_MEMORY_LIMIT,
                INFERENCE_CUDA_TF32,
                INFERENCE_CUDA_CONVOLUTION_SEARCH,
                ASYNC_CAPACITY,
                IMAGE_DECODER,
                IMAGE_ALLOWED_URIS,
                IMAGE_MAX_BYTES,
                IMAGE_MAX_INLINE_BYTES,
                IMAGE_MAX_PIXELS,
                IMAGE_MAX_SCANS,
                IMAGE_FETCH_TIMEOUT,
                IMAGE_FETCH_RETRIES,
                IMAGE_APPLY_EXIF_ORIENTATION,
                IMAGE_DECODE_THREADS,
                IMAGE_FETCH_THREADS,
                OUTPUT_TOP_K,
                OUTPUT_ORDERED);
    }
}
