package io.alexstream.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alexstream.image.DecoderKind;
import io.alexstream.image.FetchLimits;
import io.alexstream.image.ImageLimits;
import io.alexstream.inference.SessionOptions;
import io.alexstream.serving.ServingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pins every default and every key, so that changing one is deliberate. */
class ClassificationConfigTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    private static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("model.package", "s3://models/alexnet/7"),
            Map.entry("model.load-timeout", "1 min"),
            Map.entry("model.cache-dir", "models"),
            Map.entry("batch.max-size", "48"),
            Map.entry("batch.linger", "7 ms"),
            Map.entry("batch.allowed-sizes", "1, 16,48"),
            Map.entry("inference.execution-provider", "cuda"),
            Map.entry("inference.sessions", "3"),
            Map.entry("inference.intra-op-threads", "5"),
            Map.entry("inference.cuda.memory-limit", "1 gb"),
            Map.entry("inference.cuda.tf32", "false"),
            Map.entry("inference.cuda.convolution-search", "exhaustive"),
            Map.entry("async.capacity", "99"),
            Map.entry("image.decoder", "opencv"),
            Map.entry("image.allowed-uris", "data:, file:///pictures/"),
            Map.entry("image.max-bytes", "2 mb"),
            Map.entry("image.max-inline-bytes", "3 kb"),
            Map.entry("image.max-pixels", "1000"),
            Map.entry("image.max-scans", "11"),
            Map.entry("image.fetch-timeout", "3 s"),
            Map.entry("image.fetch-retries", "2"),
            Map.entry("image.apply-exif-orientation", "false"),
            Map.entry("image.decode-threads", "6"),
            Map.entry("image.fetch-threads", "8"),
            Map.entry("output.top-k", "3"),
            Map.entry("output.ordered", "true"));

    @Test
    void hasTheseDefaults() {
        Configuration options = new Configuration();
        options.set(ClassificationOptions.MODEL_PACKAGE, "file:///models/a/1");

        assertThat(ClassificationConfig.from(options, Path.of("tmp")))
                .isEqualTo(new ClassificationConfig(
                        new ServingConfig(
                                "file:///models/a/1",
                                Duration.ofMinutes(5),
                                Path.of("tmp"),
                                Duration.ofMillis(5),
                                List.of(1, 2, 4, 8, 16, 32),
                                new SessionOptions(
                                        SessionOptions.Preference.AUTO,
                                        CORES,
                                        0,
                                        Map.of("cudnn_conv_algo_search", "HEURISTIC", "use_tf32", "1")),
                                1,
                                List.of("data:"),
                                new FetchLimits(
                                        20 << 20, 512 << 10, Duration.ofSeconds(10), 0, Math.max(20 << 20, HEAP / 8)),
                                new ImageLimits(50_000_000, 100, HEAP / 2),
                                DecoderKind.IMAGEIO,
                                true,
                                16,
                                CORES,
                                5),
                        96,
                        false));
    }

    @Test
    void readsEveryKey() {
        assertThat(ClassificationConfig.from(Configuration.fromMap(ALL), Path.of("tmp")))
                .isEqualTo(new ClassificationConfig(
                        new ServingConfig(
                                "s3://models/alexnet/7",
                                Duration.ofMinutes(1),
                                Path.of("models"),
                                Duration.ofMillis(7),
                                List.of(1, 16, 48),
                                new SessionOptions(
                                        SessionOptions.Preference.CUDA,
                                        5,
                                        0,
                                        Map.of(
                                                "cudnn_conv_algo_search", "EXHAUSTIVE",
                                                "use_tf32", "0",
                                                "gpu_mem_limit", "1073741824")),
                                3,
                                List.of("data:", "file:///pictures/"),
                                new FetchLimits(
                                        2 << 20, 3 << 10, Duration.ofSeconds(3), 2, Math.max(2 << 20, HEAP / 8)),
                                new ImageLimits(1000, 11, HEAP / 2),
                                DecoderKind.OPENCV,
                                false,
                                8,
                                6,
                                3),
                        99,
                        true));
    }

    @Test
    void knowsNoOtherKeys() {
        assertThat(ClassificationOptions.all().stream().map(ConfigOption::key).collect(Collectors.toSet()))
                .isEqualTo(ALL.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "model.load-timeout, 0 s",
        "batch.max-size, 0",
        "batch.max-size, 1025",
        "batch.max-size, many",
        "batch.linger, -1 ms",
        "batch.linger, soon",
        "batch.allowed-sizes, '1,2,4'",
        "batch.allowed-sizes, '0,32'",
        "batch.allowed-sizes, '1,x,32'",
        "inference.execution-provider, gpu",
        "inference.sessions, 0",
        "inference.intra-op-threads, 0",
        "inference.cuda.memory-limit, 1 kb",
        "inference.cuda.tf32, maybe",
        "inference.cuda.convolution-search, fast",
        "async.capacity, 0",
        "image.decoder, native",
        "image.allowed-uris, ','",
        "image.max-bytes, 0",
        "image.max-bytes, big",
        "image.max-inline-bytes, 100 mb",
        "image.max-inline-bytes, 0",
        "image.max-pixels, 600000000",
        "image.max-pixels, 0",
        "image.max-scans, 0",
        "image.fetch-timeout, 0 ms",
        "image.fetch-retries, -1",
        "image.apply-exif-orientation, perhaps",
        "image.decode-threads, 0",
        "image.fetch-threads, 0",
        "output.top-k, 0",
        "output.ordered, sometimes"
    })
    void refusesAnInvalidValueInOneLineThatNamesItsKey(String key, String value) {
        Configuration options = Configuration.fromMap(Map.of("model.package", "file:///models/a/1", key, value));

        InvalidOptionsException refusal =
                catchThrowableOfType(InvalidOptionsException.class, () -> ImageClassification.of(options));

        assertThat(refusal.problems())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith(key).doesNotContain("\n"));
    }

    @Test
    void reportsAllMistakesTogether() {
        Configuration options =
                Configuration.fromMap(Map.of("batch.max-size", "0", "output.top-k", "x", "image.decoder", "native"));

        InvalidOptionsException refusal =
                catchThrowableOfType(InvalidOptionsException.class, () -> ImageClassification.of(options));

        assertThat(refusal.problems())
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactlyInAnyOrder("model.package", "batch.max-size", "output.top-k", "image.decoder");
    }
}
