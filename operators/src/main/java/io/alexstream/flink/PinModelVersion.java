package io.alexstream.flink;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.PublishedUpdate;
import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Stamps every element with the model version that is to answer it, before it is queued: what Flink restores after a failure
 * then names the same version. Its second input are the model updates, which it passes on to the process's runtime; a timer
 * asks what has become of them, so that a finished load is reported, and the old version let go, on an idle stream too. A
 * broadcast function could do neither. Confined to the task thread.
 */
final class PinModelVersion<T> extends AbstractStreamOperator<PinnedElement<T>>
        implements TwoInputStreamOperator<T, PublishedUpdate, PinnedElement<T>>, BoundedMultiInput {

    @Serial
    private static final long serialVersionUID = 1L;

    /** A tenth of the second in which a retrained model is to be live; asking costs next to nothing. */
    private static final long POLL_MILLIS = 100;

    private static final int ELEMENTS = 1;

    private final RuntimeAccess access;
    private final long historyEnd;
    private final OutputTag<ModelStatus> statuses;
    private transient @Nullable ListState<PinnedState> state;
    private transient @Nullable PinnedState restored;
    private transient @Nullable PinnedInput input;
    private transient @Nullable UpdateHistory history;
    private transient @Nullable StatusReports reports;

    /**
     * @param historyEnd offset at which the updates ended when the job was started
     * @param statuses where reports go
     */
    PinModelVersion(RuntimeAccess access, long historyEnd, OutputTag<ModelStatus> statuses) {
        this.access = access;
        this.historyEnd = historyEnd;
        this.statuses = statuses;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        ListState<PinnedState> all = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("pinned-version", StreamTypes.PINNED_STATE));
        restored = PinnedState.newest(all.get());
        state = all;
    }

    @Override
    public void open() throws Exception {
        super.open();
        PinnedState known = restored;
        PinnedInput opened = PinnedInput.open(access, getRuntimeContext(), known == null ? null : known.version());
        input = opened;
        history = new UpdateHistory(historyEnd, known == null ? null : known.latest(), now());
        reports = new StatusReports(
                getRuntimeContext(),
                getRuntimeContext().getTaskManagerRuntimeInfo().getTaskManagerExternalAddress(),
                opened.runtime().models(),
                getMetricGroup(),
                status -> output.collect(statuses, new StreamRecord<>(status)));
        reports.begin();
        if (known != null) {
            request(known.latest());
        }
        schedule();
    }

    @Override
    public void processElement1(StreamRecord<T> element) {
        output.collect(element.replace(input().pinned(element.getValue())));
    }

    @Override
    public void processElement2(StreamRecord<PublishedUpdate> update) {
        request(history().read(update.getValue(), input().version().model().name()));
    }

    private void request(@Nullable PublishedUpdate update) {
        if (update != null) {
            input().runtime().models().request(update);
        }
    }

    private void schedule() {
        clock().registerTimer(now() + POLL_MILLIS, time -> {
            poll();
            schedule();
        });
    }

    private void poll() {
        request(history().waited(now()));
        // Moves the lease on, also where no element comes.
        input().version();
        Objects.requireNonNull(reports, "not open").poll();
    }

    private long now() {
        return clock().getCurrentProcessingTime();
    }

    private ProcessingTimeService clock() {
        return getProcessingTimeService();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        var version = input().version();
        Objects.requireNonNull(state, "not initialised")
                .update(List.of(new PinnedState(
                        version.model(), version.update(), history().latest())));
    }

    /** The updates have no event time: only the elements' watermarks count. */
    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {}

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int index) {
        if (index == ELEMENTS - 1) {
            output.emitWatermarkStatus(status);
        }
    }

    @Override
    public void endInput(int inputId) {
        if (inputId == ELEMENTS) {
            input().end();
        }
    }

    /** The last chance to report: no timer fires any more. */
    @Override
    public void finish() throws Exception {
        if (reports != null) {
            poll();
        }
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (input != null) {
            input.close();
        }
        super.close();
    }

    private PinnedInput input() {
        return Objects.requireNonNull(input, "not open");
    }

    private UpdateHistory history() {
        return Objects.requireNonNull(history, "not open");
    }
}
