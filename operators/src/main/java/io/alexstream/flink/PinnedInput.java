package io.alexstream.flink;

import io.alexstream.contract.ModelRef;
import io.alexstream.serving.ModelLease;
import io.alexstream.serving.ModelSwapper;
import io.alexstream.serving.ServedVersion;
import io.alexstream.serving.ServingRuntime;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.jspecify.annotations.Nullable;

/**
 * One subtask's input as its runtime sees it: open or ended, and with a lease on the version that elements are stamped with,
 * so that it stays open until they hold leases of their own. Confined to the task thread.
 */
final class PinnedInput implements AutoCloseable {

    private final RuntimeAccess.Opened opened;
    private final ModelSwapper models;
    private ModelLease lease;
    private boolean inputOpen = true;

    private PinnedInput(RuntimeAccess.Opened opened) {
        this.opened = opened;
        this.models = opened.runtime().models();
        this.lease = models.lease();
        opened.runtime().inputBegan();
    }

    /**
     * Waits until a model serves.
     *
     * @param restored what was served before, or null
     * @throws org.apache.flink.runtime.execution.SuppressRestartsException where trying again cannot help
     */
    static PinnedInput open(RuntimeAccess access, RuntimeContext context, @Nullable ServedVersion restored) {
        RuntimeAccess.Opened opened = access.open(context);
        try {
            opened.begin(restored);
            return new PinnedInput(opened);
        } catch (Throwable t) {
            opened.close();
            throw t;
        }
    }

    ServingRuntime runtime() {
        return opened.runtime();
    }

    /** Fails where the runtime has: a subtask without elements would not notice, and would keep the broken one in memory. */
    void requireUsable() {
        if (opened.runtime().isBroken()) {
            throw new IllegalStateException("the runtime of this process has failed; this subtask needs another");
        }
    }

    /** What the next element is stamped with. */
    ServedVersion version() {
        ServedVersion serving = models.serving();
        if (serving != lease.version()) {
            ModelLease newer = models.lease();
            lease.close();
            lease = newer;
        }
        return lease.version();
    }

    <T> PinnedElement<T> pinned(T element) {
        ModelRef model = version().model();
        return new PinnedElement<>(element, model);
    }

    /** No element comes any more; further calls do nothing. */
    void end() {
        if (inputOpen) {
            inputOpen = false;
            opened.runtime().inputEnded();
        }
    }

    @Override
    public void close() {
        end();
        lease.close();
        opened.close();
    }
}
