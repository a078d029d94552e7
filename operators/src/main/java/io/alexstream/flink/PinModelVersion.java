package io.alexstream.flink;

import java.io.Serial;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/**
 * Stamps every element with the model version that is to answer it, before it is queued: what Flink restores after a failure
 * then names the same version. Confined to the task thread.
 */
final class PinModelVersion<T> extends RichMapFunction<T, PinnedElement<T>> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final RuntimeAccess access;
    private transient RuntimeAccess.@Nullable Opened opened;

    PinModelVersion(RuntimeAccess access) {
        this.access = access;
    }

    @Override
    public void open(OpenContext context) {
        opened = access.open(getRuntimeContext());
    }

    @Override
    public PinnedElement<T> map(T element) {
        RuntimeAccess.Opened runtime = opened;
        if (runtime == null) {
            throw new IllegalStateException("not open");
        }
        return new PinnedElement<>(element, runtime.runtime().currentModel());
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
