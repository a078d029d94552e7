package io.alexstream.serving;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a process serves first: the version that its restored state names, else the package that its option names. Loaded
 * once, by whichever subtask comes first; the others wait with it. Safe for concurrent use: guarded by this object's lock.
 */
final class FirstModel {

    private final ModelRepository repository;
    private final LoadQueue queue;
    private final ServedModels models;
    private final ModelSwapper swapper;
    private final CompletableFuture<ServedModel> loaded = new CompletableFuture<>();
    private boolean begun;

    FirstModel(ModelRepository repository, LoadQueue queue, ServedModels models, ModelSwapper swapper) {
        this.repository = repository;
        this.queue = queue;
        this.models = models;
        this.swapper = swapper;
    }

    /** Completes when a first model is current. */
    CompletableFuture<ServedModel> loaded() {
        return loaded;
    }

    /**
     * Waits until a model is current, and none older than the restored one.
     *
     * @throws ModelLoadException where neither can be loaded
     */
    void begin(String modelPackage, @Nullable ServedVersion restored) {
        if (isFirst()) {
            start(modelPackage, restored);
        }
        await(loaded, modelPackage);
        if (restored == null) {
            return;
        }
        UpdatePosition update = restored.update();
        if (update != null && swapper.serving().isBefore(update) && !swapper.hasRefused(update)) {
            // Subtasks of before the failure are still here, and other processes were further.
            await(swapper.request(asUpdate(restored.model(), update)), modelPackage);
        }
    }

    private void start(String modelPackage, @Nullable ServedVersion restored) {
        try {
            load(modelPackage, restored).whenComplete((model, failure) -> {
                if (model == null) {
                    loaded.completeExceptionally(failure);
                } else {
                    loaded.complete(model);
                }
            });
        } catch (Throwable t) {
            // No thread to be had, say: whoever waits must hear of it.
            loaded.completeExceptionally(t);
        }
    }

    private synchronized boolean isFirst() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    private CompletableFuture<ServedModel> load(String modelPackage, @Nullable ServedVersion restored) {
        if (restored == null) {
            return loadPackage(modelPackage);
        }
        return models.take(restored.model(), new Abandonment())
                .handle((model, failure) -> restored(modelPackage, restored, model, failure))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<ServedModel> restored(
            String modelPackage, ServedVersion restored, @Nullable ServedModel model, @Nullable Throwable failure) {
        if (model != null) {
            swapper.begin(model, restored.update());
            return CompletableFuture.completedFuture(model);
        }
        Throwable cause = unwrapped(failure);
        if (!(cause instanceof ModelLoadException gone) || !gone.isPermanent()) {
            // The repository may be back when Flink restores the job again.
            return CompletableFuture.failedFuture(cause);
        }
        swapper.refused(restored.model(), restored.update(), String.valueOf(gone.getMessage()));
        return loadPackage(modelPackage).exceptionallyCompose(e -> CompletableFuture.failedFuture(neither(gone, e)));
    }

    private static Throwable neither(ModelLoadException gone, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof ModelLoadException e && e.isPermanent()) {
            return ModelLoadException.permanent(
                    "neither the version that was served before nor model.package can be loaded: " + gone.getMessage()
                            + "; " + e.getMessage(),
                    e);
        }
        return cause;
    }

    private CompletableFuture<ServedModel> loadPackage(String modelPackage) {
        return queue.submit(
                        "model package " + modelPackage,
                        new Abandonment(),
                        abandonment -> repository.identify(modelPackage),
                        late -> {})
                .thenCompose(ref -> models.take(ref, new Abandonment()))
                .thenApply(model -> {
                    swapper.begin(model, null);
                    return model;
                });
    }

    private static PublishedUpdate asUpdate(ModelRef model, UpdatePosition at) {
        return new PublishedUpdate(
                at.partition(),
                at.offset(),
                new ModelUpdate(model.name(), model.version(), model.uri(), model.sha256(), Instant.EPOCH));
    }

    private static void await(CompletableFuture<?> future, String modelPackage) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ModelLoadException.passing("interrupted while model package " + modelPackage + " was loading", e);
        } catch (ExecutionException e) {
            Throwable cause = unwrapped(e);
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            throw ModelLoadException.passing("model package " + modelPackage + ": " + cause, cause);
        }
    }

    static Throwable unwrapped(@Nullable Throwable failure) {
        Throwable cause = failure == null ? new IllegalStateException("no reason was given") : failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
