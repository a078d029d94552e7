package io.alexstream.serving;

import io.alexstream.batching.MicroBatcher;
import io.alexstream.contract.ModelRef;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes references in and gives outcomes out; one a process and job, shared by all its subtasks. Made by {@link
 * ServingRuntimeFactory}. Safe for concurrent use: every piece is.
 */
public final class ServingRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServingRuntime.class);

    private final LiveModels models;
    private final MicroBatcher<ServedModel, Frame> batcher;
    private final FramePath framePath;
    private final RuntimeThreads threads;
    private final AutoCloseable fetcher;
    private final AutoCloseable cache;
    private final Set<Frame> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private int inputs;

    ServingRuntime(
            LiveModels models,
            MicroBatcher<ServedModel, Frame> batcher,
            FramePath framePath,
            RuntimeThreads threads,
            AutoCloseable fetcher,
            AutoCloseable cache) {
        this.models = models;
        this.batcher = batcher;
        this.framePath = framePath;
        this.threads = threads;
        this.fetcher = fetcher;
        this.cache = cache;
    }

    /**
     * Waits until a model is current. To be called by each subtask before it sends anything new; the first one loads.
     *
     * @param modelPackage URI of the package to serve where nothing else is known
     * @param restored what the restored state says was served, or null at a fresh start
     * @throws ModelLoadException where neither can serve; the runtime is unusable then
     * @throws InferenceException PROVIDER_UNAVAILABLE where the execution provider cannot be used; as above
     */
    public void begin(String modelPackage, @Nullable ServedVersion restored) {
        try {
            models.begin(modelPackage, restored);
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                fail(e);
            }
            // Else only this subtask was cancelled; the load goes on for the others.
            throw e;
        }
    }

    /** What is served, and how to change it. */
    public ModelSwapper models() {
        return models.swapper();
    }

    /** What is served now, or null before {@link #begin}. */
    public @Nullable ModelRef currentModel() {
        ServedModel model = models.swapper().modelIfAny();
        return model == null ? null : model.ref();
    }

    /** What the current model runs on, or null before {@link #begin}. */
    public @Nullable ExecutionProvider executionProvider() {
        ServedModel model = models.swapper().modelIfAny();
        return model == null ? null : model.executionProvider();
    }

    /** Frames that have a slot and wait for their batch to run. */
    public int queued() {
        return batcher.queued();
    }

    /**
     * Classifies one image; returns at once. How many are in flight is bounded by the caller.
     *
     * @param pinnedTo the model to ask
     * @return the outcome; completed exceptionally only by a fault of the process or device, never of the image
     */
    public CompletableFuture<FrameOutcome> classify(String uri, ModelRef pinnedTo, FrameListener listener) {
        CompletableFuture<FrameOutcome> outcome = new CompletableFuture<>();
        models.lease(pinnedTo).whenComplete((model, failure) -> {
            if (model == null) {
                outcome.completeExceptionally(failure);
            } else {
                start(new Frame(uri, model, listener), outcome);
            }
        });
        return outcome;
    }

    /** One more input will send frames; ends with {@link #inputEnded()}. Guarded by this object's lock. */
    public synchronized void inputBegan() {
        inputs++;
        batcher.expectMore(true);
    }

    /** One input sends no more. After the last one nothing lingers: what is in flight leaves as soon as a thread is free. */
    public synchronized void inputEnded() {
        inputs--;
        batcher.expectMore(inputs > 0);
    }

    private void start(Frame frame, CompletableFuture<FrameOutcome> outcome) {
        inFlight.add(frame);
        frame.outcome().whenComplete((value, failure) -> {
            inFlight.remove(frame);
            try {
                if (failure == null) {
                    outcome.complete(value);
                } else {
                    outcome.completeExceptionally(failure);
                }
            } finally {
                frame.model().release();
            }
        });
        Throwable broken = fault.get();
        if (broken == null) {
            framePath.start(frame);
        } else {
            frame.fail(broken);
        }
    }

    /** Whether a fault has made it unusable; whoever needs one must make another. */
    public boolean isBroken() {
        return fault.get() != null;
    }

    /** Fails all that is in flight, and all that comes. */
    void fail(Throwable cause) {
        fault.compareAndSet(null, cause);
        List.copyOf(inFlight).forEach(frame -> frame.fail(cause));
    }

    /** Fails what is still in flight, stops the threads and closes the models, in this order. */
    @Override
    public void close() {
        fail(InferenceException.internal("the runtime is closed", null));
        batcher.close();
        // First, since a thread that reads from a socket does not listen to interrupts.
        close(fetcher);
        try {
            threads.close();
        } catch (TimeoutException e) {
            // A run that does not end: closing its session would crash the process, so the models stay.
            throw new IllegalStateException("the runtime's threads did not end; its models stay in memory", e);
        }
        close(models);
        close(cache);
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("Cannot close {}: {}", resource, e.toString());
        }
    }
}
