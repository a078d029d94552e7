package io.alexstream.flink;

import io.alexstream.batching.CloseReason;
import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ModelRef;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.SessionOptions.Preference;
import io.alexstream.serving.FrameListener;
import io.alexstream.serving.ServingRuntime;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.jspecify.annotations.Nullable;

/**
 * One subtask's metrics; the README's table says what each means. A batch is counted by the subtask of its first frame only,
 * so that sums over subtasks are right. Safe for concurrent use: counters and histograms are.
 */
final class OperatorMetrics implements FrameListener {

    private final Counter framesIn;
    private final Counter framesOut;
    private final Counter framesFailed;
    private final Counter bytesFetched;
    private final Counter batchesRun;
    private final Counter framesRun;
    private final Map<DeadLetterReason, Counter> deadLetters = new EnumMap<>(DeadLetterReason.class);
    private final Map<CloseReason, Counter> batchesClosed = new EnumMap<>(CloseReason.class);
    private final Histogram batchSize;
    private final Histogram queueDepthAtBatch;
    private final Histogram fetchMillis;
    private final Histogram decodeMillis;
    private final Histogram waitMillis;
    private final Histogram inferenceMillis;

    OperatorMetrics(MetricGroup group, ServingRuntime runtime, Preference asked) {
        framesIn = counter(group, "framesIn");
        framesOut = counter(group, "framesOut");
        framesFailed = counter(group, "framesFailed");
        bytesFetched = counter(group, "bytesFetched");
        batchesRun = counter(group, "batchesRun");
        framesRun = counter(group, "framesRun");
        MetricGroup byReason = group.addGroup("deadLetters");
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            deadLetters.put(reason, counter(byReason, reason.name()));
        }
        MetricGroup byCloseReason = group.addGroup("batchesClosed");
        for (CloseReason reason : CloseReason.values()) {
            batchesClosed.put(reason, counter(byCloseReason, reason.name()));
        }
        batchSize = group.histogram("batchSize", SlidingHistogram.ofValues());
        queueDepthAtBatch = group.histogram("queueDepthAtBatch", SlidingHistogram.ofValues());
        fetchMillis = group.histogram("fetchMillis", SlidingHistogram.ofNanosAsMillis());
        decodeMillis = group.histogram("decodeMillis", SlidingHistogram.ofNanosAsMillis());
        waitMillis = group.histogram("waitMillis", SlidingHistogram.ofNanosAsMillis());
        inferenceMillis = group.histogram("inferenceMillis", SlidingHistogram.ofNanosAsMillis());
        group.gauge("modelVersion", () -> version(runtime.currentModel()));
        group.gauge("queueDepth", runtime::queued);
        group.gauge("framesInFlight", this::inFlight);
        providerGauges(group, runtime, asked);
    }

    /** As text for people, and as numbers for reporters that know nothing else, such as Prometheus'. */
    private static void providerGauges(MetricGroup group, ServingRuntime runtime, Preference asked) {
        group.gauge("executionProvider", () -> String.valueOf(runtime.executionProvider()));
        MetricGroup servedBy = group.addGroup("servedBy");
        for (ExecutionProvider provider : ExecutionProvider.values()) {
            servedBy.gauge(provider.name(), () -> runtime.executionProvider() == provider ? 1 : 0);
        }
        // Under auto CUDA is tried first: CPU serves only where it could not be used.
        group.gauge(
                "providerFallback",
                () -> asked == Preference.AUTO && runtime.executionProvider() == ExecutionProvider.CPU ? 1 : 0);
    }

    /** 0 until a model is loaded. */
    private static int version(@Nullable ModelRef model) {
        return model == null ? 0 : model.version();
    }

    private static Counter counter(MetricGroup group, String name) {
        return group.counter(name, new ThreadSafeSimpleCounter());
    }

    private long inFlight() {
        long dead = deadLetters.values().stream().mapToLong(Counter::getCount).sum();
        return Math.max(0, framesIn.getCount() - framesOut.getCount() - framesFailed.getCount() - dead);
    }

    void received() {
        framesIn.inc();
    }

    void classified() {
        framesOut.inc();
    }

    void rejected(DeadLetterReason reason) {
        java.util.Objects.requireNonNull(deadLetters.get(reason)).inc();
    }

    void failed() {
        framesFailed.inc();
    }

    @Override
    public void fetched(long bytes, long nanos) {
        bytesFetched.inc(bytes);
        fetchMillis.update(nanos);
    }

    @Override
    public void decoded(long nanos) {
        decodeMillis.update(nanos);
    }

    @Override
    public void waited(long nanos) {
        waitMillis.update(nanos);
    }

    @Override
    public void batchRun(int size, CloseReason closeReason, long nanos, int queued) {
        batchesRun.inc();
        framesRun.inc(size);
        batchSize.update(size);
        queueDepthAtBatch.update(queued);
        inferenceMillis.update(nanos);
        java.util.Objects.requireNonNull(batchesClosed.get(closeReason)).inc();
    }
}
