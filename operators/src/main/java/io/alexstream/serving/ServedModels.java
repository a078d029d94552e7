package io.alexstream.serving;

import io.alexstream.contract.ModelRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that are loaded: the current one, and those that restored records are still pinned to. Keyed by the manifest's
 * checksum: a version number alone is no identity. Safe for concurrent use: the map is guarded by this object's lock, and
 * loading happens on the loader's thread.
 */
final class ServedModels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServedModels.class);

    private final ModelLoader loader;
    private final Executor loading;
    private final Duration loadTimeout;
    private final ServedModel current;
    private final Map<String, CompletableFuture<@Nullable ServedModel>> pinned = new HashMap<>();

    /** Takes the current model over. */
    ServedModels(ModelLoader loader, Executor loading, Duration loadTimeout, ServedModel current) {
        this.loadTimeout = loadTimeout;
        this.loader = loader;
        this.loading = loading;
        this.current = current;
    }

    ServedModel current() {
        return current;
    }

    /**
     * A lease on the model that a record is pinned to, or, if its package is gone, on the current one. Completes at once for
     * the current model: only a record restored from before a change of model can have to wait for a load. Completes
     * exceptionally where the package could not be read this time: Flink restores, and it is tried again.
     */
    CompletableFuture<ServedModel> lease(ModelRef ref) {
        if (ref.sha256().equals(current.ref().sha256())) {
            return CompletableFuture.completedFuture(leased(current));
        }
        return loaded(ref).thenCompose(model -> {
            if (model == null) {
                return CompletableFuture.completedFuture(leased(current));
            }
            if (model.tryLease()) {
                return CompletableFuture.completedFuture(model);
            }
            forget(ref);
            return lease(ref);
        });
    }

    private static ServedModel leased(ServedModel model) {
        if (!model.tryLease()) {
            throw new IllegalStateException("the runtime is closed");
        }
        return model;
    }

    private synchronized CompletableFuture<@Nullable ServedModel> loaded(ModelRef ref) {
        return pinned.computeIfAbsent(ref.sha256(), sha256 -> {
            CompletableFuture<@Nullable ServedModel> load = new CompletableFuture<>();
            loading.execute(() -> load(ref, load));
            return load.orTimeout(loadTimeout.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** A pinned model lives as long as records are pinned to it: it is retired at once, and its last lease closes it. */
    private void load(ModelRef ref, CompletableFuture<@Nullable ServedModel> load) {
        try {
            ServedModel model = loadPinned(ref);
            if (model == null) {
                load.complete(null);
                return;
            }
            boolean own = model.tryLease();
            model.retire();
            // The waiting records take their leases in here; then ours is not needed any more.
            load.complete(model);
            if (own) {
                model.release();
            }
        } catch (Throwable t) {
            forget(ref);
            load.completeExceptionally(t);
        }
    }

    private synchronized void forget(ModelRef ref) {
        pinned.remove(ref.sha256());
    }

    private @Nullable ServedModel loadPinned(ModelRef ref) {
        try {
            return loader.load(ref.uri(), ref.sha256());
        } catch (ModelLoadException e) {
            if (!e.isPermanent()) {
                throw e;
            }
            LOG.warn(
                    "Records were restored that are pinned to model {}, which cannot be loaded any more ({}); {} answers them",
                    ref,
                    e.getMessage(),
                    current.ref());
            return null;
        }
    }

    /** Retires the current model; it closes when its last lease ends, as pinned ones do by themselves. */
    @Override
    public void close() {
        current.retire();
    }
}
