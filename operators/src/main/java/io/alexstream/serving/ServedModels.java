package io.alexstream.serving;

import io.alexstream.contract.ModelRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The models that are open, each once, whoever asks for it. Keyed by the manifest's checksum: a version number alone is no
 * identity. A model is owned by the swapper (the current one, and the one that takes over), or by nobody: then restored
 * records are pinned to it, and it is retired when none has been for a while. Safe for concurrent use: the maps are guarded
 * by this object's lock, which is never held while a model loads or closes.
 */
final class ServedModels {

    /** Restored records come all at once, or one by one where they fill the operator's capacity; then no more do. */
    private static final int IDLE_SECONDS = 10;

    private final ModelLoader loader;
    private final LoadQueue queue;
    private final Map<String, ServedModel> open = new HashMap<>();
    private final Map<String, CompletableFuture<ServedModel>> loads = new HashMap<>();
    private final Map<ServedModel, Integer> idleSeconds = new HashMap<>();
    private Consumer<ServedModel> onClosed = model -> {};
    private boolean closed;

    ServedModels(ModelLoader loader, LoadQueue queue) {
        this.loader = loader;
        this.queue = queue;
    }

    /** Told of each model after its sessions have closed; set once, before the first load. */
    void onClosed(Consumer<ServedModel> listener) {
        onClosed = listener;
    }

    /**
     * A model for the caller to own: it stays open until the caller retires it. Found where it is open or being loaded, else
     * loaded.
     */
    CompletableFuture<ServedModel> take(ModelRef ref, Abandonment abandonment) {
        CompletableFuture<ServedModel> load;
        synchronized (this) {
            ServedModel known = open.get(ref.sha256());
            if (known != null && known.adopt()) {
                idleSeconds.remove(known);
                return CompletableFuture.completedFuture(known);
            }
            load = loaded(ref, abandonment);
        }
        return load.thenCompose(
                model -> owned(model) ? CompletableFuture.completedFuture(model) : take(ref, abandonment));
    }

    private synchronized boolean owned(ServedModel model) {
        idleSeconds.remove(model);
        return model.adopt();
    }

    /** A lease on a model, for a record that is pinned to it; loaded where it is not open. */
    CompletableFuture<ServedModel> lease(ModelRef ref) {
        CompletableFuture<ServedModel> load;
        synchronized (this) {
            ServedModel known = open.get(ref.sha256());
            if (known != null && known.tryLease()) {
                return CompletableFuture.completedFuture(known);
            }
            load = loaded(ref, new Abandonment());
        }
        return load.handle((model, failure) -> leased(ref, model, failure)).thenCompose(Function.identity());
    }

    private CompletableFuture<ServedModel> leased(
            ModelRef ref, @Nullable ServedModel model, @Nullable Throwable failure) {
        if (model != null && model.tryLease()) {
            return CompletableFuture.completedFuture(model);
        }
        // It was loaded for the swapper, which has found something newer meanwhile; or it has closed again.
        if (model != null || failure instanceof Abandonment.AbandonedException) {
            return lease(ref);
        }
        return CompletableFuture.failedFuture(failure);
    }

    /** Called under the lock. */
    private CompletableFuture<ServedModel> loaded(ModelRef ref, Abandonment abandonment) {
        CompletableFuture<ServedModel> underWay = loads.get(ref.sha256());
        if (underWay != null) {
            return underWay;
        }
        CompletableFuture<ServedModel> load = new CompletableFuture<>();
        loads.put(ref.sha256(), load);
        queue.submit("model package " + ref.uri(), abandonment, token -> load(ref, token), ServedModel::retire)
                .whenComplete((model, failure) -> ended(ref, load, model, failure));
        return load;
    }

    private ServedModel load(ModelRef ref, Abandonment abandonment) {
        return isAnyOpen()
                ? loader.loadBesideServing(ref.uri(), ref.sha256(), abandonment)
                : loader.load(ref.uri(), ref.sha256(), abandonment);
    }

    private synchronized boolean isAnyOpen() {
        return !open.isEmpty();
    }

    private void ended(
            ModelRef ref,
            CompletableFuture<ServedModel> load,
            @Nullable ServedModel model,
            @Nullable Throwable failure) {
        boolean late;
        synchronized (this) {
            loads.remove(ref.sha256(), load);
            late = closed;
            if (model != null && !closed) {
                model.onClosed(() -> forget(model));
                open.put(ref.sha256(), model);
                idleSeconds.put(model, 0);
            }
        }
        if (model == null) {
            load.completeExceptionally(failure);
        } else if (late) {
            model.retire();
            load.completeExceptionally(new IllegalStateException("the runtime is closed"));
        } else {
            load.complete(model);
        }
    }

    private void forget(ServedModel model) {
        synchronized (this) {
            open.remove(model.ref().sha256(), model);
            idleSeconds.remove(model);
        }
        onClosed.accept(model);
    }

    /** Models that are or were current and have not closed yet: what a device holds besides those of restored records. */
    synchronized int owned() {
        return open.size() - idleSeconds.size();
    }

    synchronized boolean isOpen(ModelRef ref) {
        ServedModel known = open.get(ref.sha256());
        return known != null && !known.isClosing();
    }

    /** To be called once a second: retires those that no record has been pinned to for a while. */
    void retireIdle() {
        List<ServedModel> closing = new ArrayList<>();
        synchronized (this) {
            idleSeconds.replaceAll((model, seconds) -> model.isLeased() ? 0 : seconds + 1);
            // Decided under the lock, so that none is adopted between here and there; closed outside, since that takes
            // time.
            idleSeconds.forEach((model, seconds) -> {
                if (seconds >= IDLE_SECONDS && model.retired()) {
                    closing.add(model);
                }
            });
        }
        closing.forEach(ServedModel::close);
    }

    /** Retires all; each closes when its last lease ends. */
    void close() {
        List<ServedModel> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open.values());
        }
        all.forEach(ServedModel::retire);
    }
}
