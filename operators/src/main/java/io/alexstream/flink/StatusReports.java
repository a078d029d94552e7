package io.alexstream.flink;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.serving.ModelEvent;
import io.alexstream.serving.ModelSwapper;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Tells on behalf of one subtask what becomes of model versions in its process: as statuses and as metrics. Confined to the
 * task thread.
 */
final class StatusReports {

    private final RuntimeContext context;
    private final String host;
    private final ModelSwapper models;
    private final Consumer<ModelStatus> out;
    private final Counter swaps;
    private final Counter rejected;
    private long seen;

    StatusReports(
            RuntimeContext context, String host, ModelSwapper models, MetricGroup metrics, Consumer<ModelStatus> out) {
        this.context = context;
        this.host = host;
        this.models = models;
        this.out = out;
        this.swaps = metrics.counter("modelSwaps");
        this.rejected = metrics.counter("modelSwapsRejected");
    }

    /** Reports what the subtask begins with. */
    void begin() {
        ModelSwapper.Standing standing = models.standing();
        out.accept(status(standing.active()));
        // After it, since the newest word on an update counts.
        for (ModelEvent refused : standing.refused()) {
            rejected.inc();
            out.accept(status(refused));
        }
        seen = standing.events();
    }

    /** Reports what is new. */
    void poll() {
        ModelSwapper.News news = models.eventsSince(seen);
        seen = news.seen();
        for (ModelEvent event : news.events()) {
            if (event.state() == State.ACTIVE) {
                swaps.inc();
            } else if (event.state() == State.REJECTED) {
                rejected.inc();
            }
            out.accept(status(event));
        }
    }

    private ModelStatus status(ModelEvent event) {
        return new ModelStatus(
                context.getJobInfo().getJobName(),
                context.getJobInfo().getJobId().toHexString(),
                event.update(),
                event.model().name(),
                event.model().version(),
                event.state(),
                context.getTaskInfo().getIndexOfThisSubtask(),
                context.getTaskInfo().getNumberOfParallelSubtasks(),
                host,
                name(event.executionProvider()),
                event.times() == null ? null : event.times().loadMillis(),
                event.times() == null ? null : event.times().warmUpMillis(),
                event.reason(),
                event.at());
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
