package io.alexstream.flink;

import io.alexstream.contract.ModelStatus;
import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Stamps every element with the model version that is to answer it, before it is queued: what Flink restores after a failure
 * then names the same version. Which version serves the process's runtime says, to which {@link FollowUpdates} passes the model
 * updates; a timer asks what has become of them, so that a finished load is reported, and the old version let go, on an idle
 * stream too. A broadcast function could do neither. Confined to the task thread.
 */
final class PinModelVersion<T> extends AbstractStreamOperator<PinnedElement<T>>
        implements OneInputStreamOperator<T, PinnedElement<T>>, BoundedOneInput {

    @Serial
    private static final long serialVersionUID = 1L;

    /** A tenth of the second in which a retrained model is to be live; asking costs next to nothing. */
    private static final long POLL_MILLIS = 100;

    private final RuntimeAccess access;
    private final OutputTag<ModelStatus> statuses;
    private transient @Nullable ListState<PinnedState> state;
    private transient @Nullable PinnedState restored;
    private transient @Nullable PinnedInput input;
    private transient @Nullable StatusReports reports;

    /** @param statuses where reports go */
    PinModelVersion(RuntimeAccess access, OutputTag<ModelStatus> statuses) {
        this.access = access;
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
        reports = new StatusReports(
                getRuntimeContext(),
                host(getRuntimeContext().getTaskManagerRuntimeInfo().getTaskManagerExternalAddress()),
                opened.runtime().models(),
                getMetricGroup(),
                status -> output.collect(statuses, new StreamRecord<>(status)));
        reports.begin();
        schedule();
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        output.collect(element.replace(input().pinned(element.getValue())));
    }

    private void schedule() {
        ProcessingTimeService clock = getProcessingTimeService();
        clock.registerTimer(clock.getCurrentProcessingTime() + POLL_MILLIS, time -> {
            poll();
            schedule();
        });
    }

    private void poll() {
        input().requireUsable();
        // Moves the lease on, also where no element comes.
        input().version();
        Objects.requireNonNull(reports, "not open").poll();
    }

    /** Flink knows none where it runs inside another process. */
    private static String host(String address) {
        return address.isEmpty() ? "localhost" : address;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        var version = input().version();
        Objects.requireNonNull(state, "not initialised")
                .update(List.of(new PinnedState(version.model(), version.update(), null)));
    }

    @Override
    public void endInput() {
        input().end();
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
}
