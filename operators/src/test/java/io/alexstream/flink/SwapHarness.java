package io.alexstream.flink;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.PublishedUpdate;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The two operators of the hot swap in harnesses of one process and job, with one clock. Confined to one thread, which closes
 * it.
 */
final class SwapHarness implements AutoCloseable {

    private static final OutputTag<ModelStatus> STATUSES = new OutputTag<>("statuses", StreamTypes.STATUS);

    private final RuntimeAccess access;
    private final OneInputStreamOperatorTestHarness<String, PinnedElement<String>> pin;
    private final OneInputStreamOperatorTestHarness<PublishedUpdate, Void> follow;
    private long millis;
    private boolean pinClosed;

    /** What both remember. */
    record State(OperatorSubtaskState pin, OperatorSubtaskState follow) {

        /** Of two subtasks, as after a change of parallelism. */
        static State of(State one, State other) throws Exception {
            return new State(
                    AbstractStreamOperatorTestHarness.repackageState(one.pin, other.pin),
                    AbstractStreamOperatorTestHarness.repackageState(one.follow, other.follow));
        }
    }

    SwapHarness(RuntimeAccess access, long historyEnd) throws Exception {
        this.access = access;
        // The runtime is found by the job's id.
        MockEnvironment process = MockEnvironment.builder().build();
        pin = new OneInputStreamOperatorTestHarness<>(new PinModelVersion<>(access, STATUSES), environmentOf(process));
        follow = new OneInputStreamOperatorTestHarness<>(new FollowUpdates(access, historyEnd), environmentOf(process));
        pin.setup(StreamTypes.pinned(Types.STRING).createSerializer(new SerializerConfigImpl()));
        follow.setup();
    }

    private static MockEnvironment environmentOf(MockEnvironment process) {
        return MockEnvironment.builder().setJobID(process.getJobID()).build();
    }

    SwapHarness restored(State state) throws Exception {
        pin.initializeState(state.pin);
        follow.initializeState(state.follow);
        return this;
    }

    SwapHarness opened() throws Exception {
        pin.open();
        follow.open();
        return this;
    }

    void element(String element) throws Exception {
        pin.processElement(new StreamRecord<>(element));
    }

    void update(PublishedUpdate update) throws Exception {
        follow.processElement(new StreamRecord<>(update));
    }

    void passTime(long time) throws Exception {
        millis += time;
        if (!pinClosed) {
            pin.setProcessingTime(millis);
        }
        follow.setProcessingTime(millis);
    }

    /** Lets time pass where the elements' operator notices that its runtime has failed; Flink then closes it. */
    Throwable failsElements(long time) throws Exception {
        millis += time;
        try {
            pin.setProcessingTime(millis);
            throw new AssertionError("the operator has not noticed");
        } catch (IllegalStateException e) {
            pinClosed = true;
            pin.getOperator().close();
            return e;
        }
    }

    /** A share of the process's runtime; the caller closes it. */
    RuntimeAccess.Opened runtime() {
        return access.open(((FollowUpdates) follow.getOperator()).getRuntimeContext());
    }

    State snapshot() throws Exception {
        return new State(pin.snapshot(1, 1), follow.snapshot(1, 1));
    }

    List<PinnedElement<String>> pinned() {
        return pin.extractOutputValues();
    }

    List<ModelStatus> statuses() {
        var records = pin.getSideOutput(STATUSES);
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }

    @Override
    public void close() throws Exception {
        try {
            follow.close();
        } finally {
            if (!pinClosed) {
                pin.close();
            }
        }
    }
}
