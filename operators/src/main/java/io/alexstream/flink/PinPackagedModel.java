package io.alexstream.flink;

import java.io.Serial;
import java.util.Objects;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stamps every element with the one version that a job without updates serves. An operator and no function, since only an
 * operator is told of the end of its input, after which no batch need linger. Confined to the task thread.
 */
final class PinPackagedModel<T> extends AbstractStreamOperator<PinnedElement<T>>
        implements OneInputStreamOperator<T, PinnedElement<T>>, BoundedOneInput {

    @Serial
    private static final long serialVersionUID = 1L;

    /** A broken runtime may stay in memory for so long, beside the next. */
    private static final long POLL_MILLIS = 100;

    private final RuntimeAccess access;
    private transient @Nullable PinnedInput input;

    PinPackagedModel(RuntimeAccess access) {
        this.access = access;
    }

    @Override
    public void open() throws Exception {
        super.open();
        input = PinnedInput.open(access, getRuntimeContext(), null);
        schedule();
    }

    private void schedule() {
        ProcessingTimeService clock = getProcessingTimeService();
        clock.registerTimer(clock.getCurrentProcessingTime() + POLL_MILLIS, time -> {
            Objects.requireNonNull(input, "not open").requireUsable();
            schedule();
        });
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        PinnedInput opened = Objects.requireNonNull(input, "not open");
        output.collect(element.replace(opened.pinned(element.getValue())));
    }

    @Override
    public void endInput() {
        Objects.requireNonNull(input, "not open").end();
    }

    @Override
    public void close() throws Exception {
        if (input != null) {
            input.close();
        }
        super.close();
    }
}
