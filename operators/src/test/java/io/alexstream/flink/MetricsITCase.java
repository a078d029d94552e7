package io.alexstream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.testing.Await;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakeInferenceSession;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.RetainedMetrics;
import io.alexstream.testing.Updates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every metric of the README as a reporter of Flink's sees it, in a run whose every figure is known. */
@Timeout(120)
class MetricsITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = FakeJob.cluster();

    /** The longest that is allowed: what leaves in time has not lingered. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private static final byte[] TEXT = {'h', 'e', 'l', 'l', 'o'};
    private static final byte[] TRUNCATED = Arrays.copyOf(ColouredImages.png(20), 40);

    /** Taken from the stream when all batches before it are closed, so that it runs alone when the input is over. */
    private static final String LAST = ColouredImages.uri(99);

    private static final String PIN = "pin model version";

    @TempDir
    private Path folder;

    private FakeSessions sessions = new FakeSessions();

    @BeforeEach
    void reset() {
        sessions = FakeJob.reset();
    }

    @AfterEach
    void leavesNothingOpen() {
        assertThat(sessions.misuses()).isEmpty();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void countsWhatHappened() throws Exception {
        Map<String, Metric> metrics = run("known-run", "auto");

        assertThat(counters(metrics))
                .containsEntry("framesIn", 23L)
                .containsEntry("framesOut", 16L)
                .containsEntry("framesFailed", 0L)
                .containsEntry("bytesFetched", 17L * ColouredImages.png(20).length + TEXT.length + TRUNCATED.length)
                .containsEntry("batchesRun", 3L)
                .containsEntry("framesRun", 17L)
                .containsEntry("batchesClosed.FULL", 2L)
                .containsEntry("batchesClosed.LINGER", 0L)
                .containsEntry("batchesClosed.DRAINED", 1L)
                .containsEntry("deadLetters.MALFORMED_REFERENCE", 1L)
                .containsEntry("deadLetters.FORBIDDEN_URI", 2L)
                .containsEntry("deadLetters.FETCH_FAILED", 0L)
                .containsEntry("deadLetters.FETCH_TIMEOUT", 0L)
                .containsEntry("deadLetters.IMAGE_TOO_LARGE", 1L)
                .containsEntry("deadLetters.UNSUPPORTED_FORMAT", 1L)
                .containsEntry("deadLetters.CORRUPT_IMAGE", 1L)
                .containsEntry("deadLetters.INFERENCE_FAILED", 1L)
                .hasSize(9 + DeadLetterReason.values().length);
        assertThat(gauges(metrics))
                .containsOnly(
                        Map.entry("framesInFlight", 0L),
                        Map.entry("queueDepth", 0),
                        Map.entry("modelVersion", 3),
                        Map.entry("executionProvider", "CPU"),
                        Map.entry("servedBy.CPU", 1),
                        Map.entry("servedBy.CUDA", 0),
                        Map.entry("providerFallback", 1));
        assertThat(histogram(metrics, "batchSize").getStatistics().getValues()).containsExactly(1, 8, 8);
        assertThat(histogram(metrics, "queueDepthAtBatch").getStatistics().getMax())
                .isLessThanOrEqualTo(FakeJob.MAX_BATCH);
        assertThat(counts(metrics))
                .containsOnly(
                        Map.entry("batchSize", 3L),
                        Map.entry("queueDepthAtBatch", 3L),
                        Map.entry("inferenceMillis", 3L),
                        Map.entry("waitMillis", 17L),
                        Map.entry("decodeMillis", 17L),
                        Map.entry("fetchMillis", 19L));
    }

    @Test
    void measuresWhatTakesLessThanAMillisecond() throws Exception {
        Map<String, Metric> metrics = run("durations", "cpu");
        for (String name : List.of("fetchMillis", "decodeMillis", "waitMillis", "inferenceMillis")) {
            assertThat(histogram(metrics, name).getStatistics().getQuantile(0.5))
                    .as(name)
                    .isPositive()
                    .isNotEqualTo(
                            Math.rint(histogram(metrics, name).getStatistics().getQuantile(0.5)));
        }
    }

    @Test
    void saysFallbackOnlyWhereCudaWasWishedAndCpuServes() throws Exception {
        assertThat(gauges(run("asked-for-cpu", "cpu"))).containsEntry("providerFallback", 0);
        sessions = FakeJob.reset();
        sessions.provider(ExecutionProvider.CUDA);
        assertThat(gauges(run("cuda-serves", "auto")))
                .containsEntry("providerFallback", 0)
                .containsEntry("executionProvider", "CUDA")
                .containsEntry("servedBy.CPU", 0)
                .containsEntry("servedBy.CUDA", 1);
    }

    @Test
    void countsSwapsAndRefusals() throws Exception {
        assertThat(counters(runWithUpdates("swaps")))
                .containsOnly(Map.entry("modelSwaps", 1L), Map.entry("modelSwapsRejected", 1L));
    }

    @Test
    void areThoseOfTheReadmeNoMoreAndNoLess() throws Exception {
        Map<String, String> registered = new TreeMap<>();
        run("documented", "cpu").forEach((name, metric) -> registered.put(name, type(metric)));
        runWithUpdates("documented-swaps").forEach((name, metric) -> registered.put(name, type(metric)));
        assertThat(documented()).isEqualTo(registered);
    }

    /** The table between the markers: names in backticks in the first column, the type in the second. */
    private static Map<String, String> documented() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String table =
                readme.substring(readme.indexOf("<!-- metrics:begin -->"), readme.indexOf("<!-- metrics:end -->"));
        Map<String, String> names = new TreeMap<>();
        for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
            String[] cells = row.split("\\|", -1);
            Matcher name = Pattern.compile("`([^`]+)`").matcher(cells[1]);
            while (name.find()) {
                if (name.group(1).equals("deadLetters.<REASON>")) {
                    Arrays.stream(DeadLetterReason.values())
                            .forEach(reason -> names.put("deadLetters." + reason, cells[2].strip()));
                } else {
                    names.put(name.group(1), cells[2].strip());
                }
            }
        }
        return names;
    }

    /** Two full batches, one of them with a frame that fails it, then the last frame; and six that never reach a batch. */
    private Map<String, Metric> run(String job, String provider) throws Exception {
        List<String> uris = new ArrayList<>(List.of("malformed", "ftp://host/a.jpg", "http://host/a.jpg"));
        uris.add("data:image/png;base64," + Base64.getEncoder().encodeToString(new byte[40_000]));
        uris.add("data:text/plain;base64," + Base64.getEncoder().encodeToString(TEXT));
        uris.add("data:image/png;base64," + Base64.getEncoder().encodeToString(TRUNCATED));
        uris.add(ColouredImages.uri(FakeInferenceSession.POISON));
        uris.addAll(Collections.nCopies(2 * FakeJob.MAX_BATCH - 1, ColouredImages.uri(20)));
        uris.add(LAST);
        StreamExecutionEnvironment environment = FakeJob.environment(job, 1);
        FakeJob.add(
                environment.fromData(uris).map(MetricsITCase::heldBack),
                FakeJob.classification(folder, LINGER)
                        .option(ClassificationOptions.INFERENCE_EXECUTION_PROVIDER, provider)
                        .option(
                                ClassificationOptions.IMAGE_MAX_INLINE_BYTES,
                                org.apache.flink.configuration.MemorySize.parse("32 kb"))
                        .build());
        environment.execute(job);
        assertThat(FakeJob.outcomes()).hasSize(uris.size());
        Map<String, Metric> metrics = RetainedMetrics.of(job, "classify", 0);
        // What Flink itself counts in every operator.
        metrics.keySet().removeAll(RetainedMetrics.of(job, "split", 0).keySet());
        return metrics;
    }

    /** An update that is refused, and one that is served before the input is over. */
    private Map<String, Metric> runWithUpdates(String job) throws Exception {
        StreamExecutionEnvironment environment = FakeJob.environment(job, 1);
        ImageClassification classification = FakeJob.classification(folder, LINGER)
                .option(ClassificationOptions.INFERENCE_EXECUTION_PROVIDER, "cpu")
                .build();
        PublishedUpdate served = Updates.to(FakePackages.write(folder, 4, "the next"), 1);
        ModelRef next = served.update().modelRef();
        ModelRef missing = new ModelRef(next.name(), 9, folder.resolve("none").toString(), next.sha256());
        FakeJob.add(
                // On a thread of its own, or the operator could not count while this waits.
                environment
                        .fromData(LAST)
                        .map(uri -> {
                            Await.until(
                                    "the swap is counted", () -> RetainedMetrics.sum(job, PIN, 1, "modelSwaps") == 1);
                            return uri;
                        })
                        .disableChaining(),
                environment
                        .fromData(ImageClassification.updateType(), Updates.to(missing, 0), served)
                        .map(update -> {
                            Await.until(
                                    "the operator counts",
                                    () -> RetainedMetrics.of(job, PIN, 0).containsKey("modelSwaps"));
                            return update;
                        })
                        .returns(ImageClassification.updateType()),
                classification);
        environment.execute(job);
        Map<String, Metric> metrics = RetainedMetrics.of(job, PIN, 0);
        metrics.keySet().removeAll(RetainedMetrics.of(job, "split", 0).keySet());
        metrics.keySet().removeIf(name -> name.startsWith("currentInput") && name.endsWith("Watermark"));
        return metrics;
    }

    private static String heldBack(String uri) {
        if (uri.equals(LAST)) {
            Await.until(
                    "both full batches run",
                    () -> Collections.frequency(FakeJob.sessions().runs(), FakeJob.MAX_BATCH) >= 3);
        }
        return uri;
    }

    private static Map<String, Long> counters(Map<String, Metric> metrics) {
        Map<String, Long> values = new TreeMap<>();
        metrics.forEach((name, metric) -> {
            if (metric instanceof Counter counter) {
                values.put(name, counter.getCount());
            }
        });
        return values;
    }

    private static Map<String, Object> gauges(Map<String, Metric> metrics) {
        Map<String, Object> values = new TreeMap<>();
        metrics.forEach((name, metric) -> {
            if (metric instanceof Gauge<?> gauge) {
                values.put(name, gauge.getValue());
            }
        });
        return values;
    }

    private static Map<String, Long> counts(Map<String, Metric> metrics) {
        Map<String, Long> values = new TreeMap<>();
        metrics.forEach((name, metric) -> {
            if (metric instanceof Histogram histogram) {
                values.put(name, histogram.getCount());
            }
        });
        return values;
    }

    private static Histogram histogram(Map<String, Metric> metrics, String name) {
        return (Histogram) metrics.get(name);
    }

    private static String type(Metric metric) {
        return metric.getMetricType().name().toLowerCase(java.util.Locale.ROOT);
    }
}
