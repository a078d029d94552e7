package io.alexstream.serving;

import io.alexstream.contract.ModelRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
    private final ServedModel current;
    private final Map<String, CompletableFuture<@Nullable ServedModel>> pinned = new HashMap<>();

    /** Takes the current model over. */
    ServedModels(ModelLoader loader, Executor loading, ServedModel current) {
        this.loader = loader;
        this.loading = loading;
        this.current = current;
    }

    ServedModel current() {
        return current;
    }

    /**
     * A lease on the model that a record is pinned to, or, if its package is gone, on the current one. Completes at once for
     * the current model: only a record restored from before a change of model can have to wait for a load.
     */
    CompletableFuture<ServedModel> lease(ModelRef ref) {
        if (ref.sha256().equals(current.ref().sha256())) {
            return CompletableFuture.completedFuture(leased(current));
        }
        return loaded(ref).thenApply(model -> model != null && model.tryLease() ? model : leased(current));
    }

    private static ServedModel leased(ServedModel model) {
        if (!model.tryLease()) {
            throw new IllegalStateException("the runtime is closed");
        }
        return model;
    }

    private synchronized CompletableFuture<@Nullable ServedModel> loaded(ModelRef ref) {
        return pinned.computeIfAbsent(
                ref.sha256(), sha256 -> CompletableFuture.supplyAsync(() -> loadPinned(ref), loading));
    }

    private @Nullable ServedModel loadPinned(ModelRef ref) {
        try {
            return loader.load(ref.uri(), ref.sha256());
        } catch (RuntimeException e) {
            LOG.warn(
                    "Records were restored that are pinned to model {}, which cannot be loaded any more ({}); {} answers them",
                    ref,
                    e.getMessage(),
                    current.ref());
            return null;
        }
    }

    /** Retires all models; each closes when its last lease ends. */
    @Override
    public void close() {
        List<CompletableFuture<@Nullable ServedModel>> loads;
        synchronized (this) {
            loads = new ArrayList<>(pinned.values());
        }
        for (CompletableFuture<@Nullable ServedModel> load : loads) {
            load.thenAccept(model -> {
                if (model != null) {
                    model.retire();
                }
            });
        }
        current.retire();
    }
}
