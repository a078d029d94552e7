package io.alexstream.flink;

import java.io.Serial;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stamps every element with the model version that is to answer it, before it is queued: what Flink restores after a failure
 * then names the same version. An operator and no function, since only an operator is told of the end of its input, after
 * which no batch need linger. Confined to the task thread.
 */
final class PinModelVersion<T> extends AbstractStreamOperator<PinnedElement<T>>
        implements OneInputStreamOperator<T, PinnedElement<T>>, BoundedOneInput {

    @Serial
    private static final long serialVersionUID = 1L;

    private final RuntimeAccess access;
    private transient RuntimeAccess.@Nullable Opened opened;
    private transient boolean inputOpen;

    PinModelVersion(RuntimeAccess access) {
        this.access = access;
    }

    @Override
    public void open() throws Exception {
        super.open();
        RuntimeAccess.Opened runtime = access.open(getRuntimeContext());
        opened = runtime;
        runtime.runtime().inputBegan();
        inputOpen = true;
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        RuntimeAccess.Opened runtime = opened;
        if (runtime == null) {
            throw new IllegalStateException("not open");
        }
        output.collect(element.replace(
                new PinnedElement<>(element.getValue(), runtime.runtime().currentModel())));
    }

    @Override
    public void endInput() {
        RuntimeAccess.Opened runtime = opened;
        if (runtime != null && inputOpen) {
            inputOpen = false;
            runtime.runtime().inputEnded();
        }
    }

    @Override
    public void close() throws Exception {
        endInput();
        if (opened != null) {
            opened.close();
        }
        super.close();
    }
}
