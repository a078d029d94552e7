package io.alexstream.flink;

import io.alexstream.contract.PublishedUpdate;
import io.alexstream.serving.ModelSwapper;
import io.alexstream.serving.ServedVersion;
import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the model updates and asks its process's runtime for the newest. One subtask in each slot, as of {@link
 * PinModelVersion}, which stamps what the runtime serves; the runtime is where the two meet.
 *
 * <p>It is no second input of that operator, since an operator with two inputs is never chained to its source: between them
 * lies Flink's network then, thousands of references deep. Whenever images pile up, each checkpoint waits until those are worked
 * off, and the other input, blocked by the checkpoint, waits with it (seen: 18 s and then none for minutes, against 20 ms).
 *
 * <p>Confined to the task thread.
 */
final class FollowUpdates extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<PublishedUpdate, Void> {

    @Serial
    private static final long serialVersionUID = 1L;

    /** As {@link PinModelVersion} polls. */
    private static final long POLL_MILLIS = 100;

    private final RuntimeAccess access;
    private final long historyEnd;
    private transient @Nullable ListState<PinnedState> state;
    private transient @Nullable PinnedState restored;
    private transient RuntimeAccess.@Nullable Opened opened;
    private transient @Nullable UpdateHistory history;

    /** @param historyEnd offset at which the updates ended when the job was started */
    FollowUpdates(RuntimeAccess access, long historyEnd) {
        this.access = access;
        this.historyEnd = historyEnd;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        ListState<PinnedState> all = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("followed-updates", StreamTypes.PINNED_STATE));
        restored = PinnedState.newest(all.get());
        state = all;
    }

    @Override
    public void open() throws Exception {
        super.open();
        PinnedState known = restored;
        begin(known == null ? null : known.version());
        history = new UpdateHistory(historyEnd, known == null ? null : known.latest(), now());
        request(history().latest());
        schedule();
    }

    private void begin(@Nullable ServedVersion version) {
        RuntimeAccess.Opened acquired = access.open(getRuntimeContext());
        opened = acquired;
        acquired.begin(version);
    }

    @Override
    public void processElement(StreamRecord<PublishedUpdate> update) {
        PublishedUpdate record = update.getValue();
        String model = models().serving().model().name();
        String refusal = history().refusal(record, model);
        if (refusal != null) {
            models().refuse(record, refusal);
        }
        request(history().read(record, model));
    }

    private void request(@Nullable PublishedUpdate update) {
        if (update != null) {
            models().request(update);
        }
    }

    private void schedule() {
        clock().registerTimer(now() + POLL_MILLIS, time -> {
            poll();
            schedule();
        });
    }

    private void poll() {
        if (opened().runtime().isBroken()) {
            // The stream of elements fails with it and is restored with another; Flink need not restart this one as
            // well.
            ServedVersion served = models().serving();
            opened().close();
            begin(served);
            request(history().latest());
        }
        request(history().waited(now()));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        ServedVersion version = models().serving();
        Objects.requireNonNull(state, "not initialised")
                .update(List.of(new PinnedState(
                        version.model(), version.update(), history().latest())));
    }

    @Override
    public void close() throws Exception {
        if (opened != null) {
            opened.close();
        }
        super.close();
    }

    private long now() {
        return clock().getCurrentProcessingTime();
    }

    private ProcessingTimeService clock() {
        return getProcessingTimeService();
    }

    private RuntimeAccess.Opened opened() {
        return Objects.requireNonNull(opened, "not open");
    }

    private ModelSwapper models() {
        return opened().runtime().models();
    }

    private UpdateHistory history() {
        return Objects.requireNonNull(history, "not open");
    }
}
