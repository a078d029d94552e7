package io.alexstream.serving;

import io.alexstream.contract.ModelRef;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A runtime's models as a whole: the first, the current, and those of restored records. Safe for concurrent use: its parts
 * are.
 */
final class LiveModels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveModels.class);

    /** Closing AlexNet's session takes some 10 ms. */
    private static final long CLOSE_SECONDS = 60;

    private final ServedModels models;
    private final ModelSwapper swapper;
    private final FirstModel first;
    private final LoadQueue queue;
    private final ExecutorService closer;
    private final Set<String> gone = ConcurrentHashMap.newKeySet();

    /** Takes the queue and the closer over. */
    LiveModels(ServedModels models, ModelSwapper swapper, FirstModel first, LoadQueue queue, ExecutorService closer) {
        this.models = models;
        this.swapper = swapper;
        this.first = first;
        this.queue = queue;
        this.closer = closer;
    }

    ModelSwapper swapper() {
        return swapper;
    }

    void begin(String modelPackage, @Nullable ServedVersion restored) {
        first.begin(modelPackage, restored);
    }

    /**
     * A lease on the model that a record is pinned to, or, if its package is gone, on the current one. Completes at once for
     * the current model: only a record restored from before a change of model can have to wait for a load. Completes
     * exceptionally where the package could not be read this time: Flink restores, and it is tried again.
     */
    CompletableFuture<ServedModel> lease(ModelRef ref) {
        ServedModel current = swapper.modelIfAny();
        if (current != null && current.ref().sha256().equals(ref.sha256()) && current.tryLease()) {
            return CompletableFuture.completedFuture(current);
        }
        if (gone.contains(ref.sha256())) {
            return current();
        }
        return models.lease(ref)
                .handle((model, failure) ->
                        model != null ? CompletableFuture.completedFuture(model) : instead(ref, failure))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<ServedModel> instead(ModelRef ref, @Nullable Throwable failure) {
        Throwable cause = FirstModel.unwrapped(failure);
        if (!(cause instanceof ModelLoadException e) || !e.isPermanent()) {
            return CompletableFuture.failedFuture(cause);
        }
        if (gone.add(ref.sha256())) {
            LOG.warn(
                    "Records were restored that are pinned to model {}, which cannot be loaded any more ({}); the current"
                            + " one answers them",
                    ref,
                    e.getMessage());
        }
        return current();
    }

    private CompletableFuture<ServedModel> current() {
        return first.loaded().thenApply(any -> swapper.leaseModel());
    }

    /** To be called once a second. */
    void tick() {
        models.retireIdle();
    }

    /** Ends loads, then retires all; waits until they are closed. No lease may be left. */
    @Override
    public void close() {
        queue.close();
        models.close();
        closer.shutdown();
        Waiting.uninterrupted(() -> {
            if (!closer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A model has not closed after {} s", CLOSE_SECONDS);
            }
        });
    }
}
