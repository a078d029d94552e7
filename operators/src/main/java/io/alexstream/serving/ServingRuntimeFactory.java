package io.alexstream.serving;

import io.alexstream.batching.BatchPolicy;
import io.alexstream.batching.MicroBatcher;
import io.alexstream.image.DecoderUnavailableException;
import io.alexstream.image.FramePreprocessor;
import io.alexstream.image.ImageDecoder;
import io.alexstream.image.ImageFetcher;
import io.alexstream.image.UriPolicy;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.SessionFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Wires a runtime: threads, clocks, pools, the first model. The one place of this package that makes threads and reads the
 * clock.
 */
public final class ServingRuntimeFactory {

    /**
     * Longest that a batch may run. The slowest batch seen (32 AlexNet frames on one busy core) takes 2 s; a device that
     * hangs never comes back, so this only has to be shorter than a person's patience.
     */
    private static final Duration RUN_LIMIT = Duration.ofMinutes(2);

    private static final LongSupplier NANO_CLOCK = System::nanoTime;

    private ServingRuntimeFactory() {}

    /**
     * Loads the model and starts the threads. The caller closes the runtime.
     *
     * @param devices open sessions, one a device; all devices are fed from one queue
     * @throws ModelLoadException where the package cannot serve, or memory does not suffice
     * @throws InferenceException PROVIDER_UNAVAILABLE where the execution provider cannot be used
     * @throws DecoderUnavailableException where the decoder cannot be used
     */
    public static ServingRuntime start(ServingConfig config, List<SessionFactory> devices) {
        // First, since it is the quickest to fail.
        ImageDecoder decoder = config.decoder().open();
        ModelCache cache = ModelCache.open(config.cacheDirectory());
        try {
            return start(config, devices, decoder, cache);
        } catch (Throwable t) {
            cache.close();
            throw t;
        }
    }

    private static ServingRuntime start(
            ServingConfig config, List<SessionFactory> devices, ImageDecoder decoder, ModelCache cache) {
        ThreadFactory threads = daemons();
        BatchPolicy batching = config.batching(devices.size());
        MicroBatcher<ServedModel, Frame> batcher = new MicroBatcher<>(batching, NANO_CLOCK, ByteBuffer::allocateDirect);
        FrameMemory memory = new FrameMemory(batching, batcher);
        ModelLoader loader = new ModelLoader(
                new ModelRepository(), cache, devices, memory, NANO_CLOCK, config.allowedBatchSizes(), config.topK());
        ExecutorService loading = Executors.newSingleThreadExecutor(threads);
        try {
            ServedModel current = loadFirst(config, loader, loading);
            try {
                ServedModels models = new ServedModels(loader, loading, config.loadTimeout(), current);
                return wire(config, models, devices.size(), batcher, decoder, loading, threads, cache);
            } catch (Throwable t) {
                current.retire();
                throw t;
            }
        } catch (Throwable t) {
            loading.shutdownNow();
            throw t;
        }
    }

    private static ServedModel loadFirst(ServingConfig config, ModelLoader loader, ExecutorService loading) {
        CompletableFuture<ServedModel> load = new CompletableFuture<>();
        loading.execute(() -> load(config, loader, load));
        try {
            return load.get(config.loadTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            load.cancel(false);
            throw ModelLoadException.passing(
                    "model package " + config.modelPackage() + " was not ready after "
                            + config.loadTimeout().toSeconds()
                            + " s; raise model.load-timeout or check the file system",
                    e);
        } catch (InterruptedException e) {
            load.cancel(false);
            Thread.currentThread().interrupt();
            throw ModelLoadException.passing(
                    "interrupted while model package " + config.modelPackage() + " was loading", e);
        } catch (ExecutionException e) {
            throw unwrapped(config, e);
        }
    }

    /** A model that is ready when nobody waits for it any more is closed again. */
    private static void load(ServingConfig config, ModelLoader loader, CompletableFuture<ServedModel> load) {
        try {
            ServedModel model = loader.load(config.modelPackage(), null);
            if (!load.complete(model)) {
                model.retire();
            }
        } catch (Throwable t) {
            load.completeExceptionally(t);
        }
    }

    private static RuntimeException unwrapped(ServingConfig config, ExecutionException e) {
        if (e.getCause() instanceof OutOfMemoryError error && isOfDirectMemory(error)) {
            return ModelLoadException.permanent(
                    "too little direct memory to load model package " + config.modelPackage() + " ("
                            + error.getMessage() + "); raise taskmanager.memory.task.off-heap.size",
                    error);
        }
        if (e.getCause() instanceof RuntimeException known) {
            return known;
        }
        return ModelLoadException.passing("model package " + config.modelPackage() + ": " + e.getCause(), e.getCause());
    }

    private static boolean isOfDirectMemory(OutOfMemoryError error) {
        return String.valueOf(error.getMessage()).contains("direct");
    }

    private static ServingRuntime wire(
            ServingConfig config,
            ServedModels models,
            int devices,
            MicroBatcher<ServedModel, Frame> batcher,
            ImageDecoder decoder,
            ExecutorService loading,
            ThreadFactory threads,
            ModelCache cache) {
        ExecutorService fetchPool = Executors.newFixedThreadPool(config.fetchThreads(), threads);
        ExecutorService decodePool = Executors.newFixedThreadPool(config.decodeThreads(), threads);
        ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(threads);
        ImageFetcher fetcher = new ImageFetcher(UriPolicy.of(config.allowedUris()), config.fetchLimits());
        FramePreprocessor preprocessor =
                new FramePreprocessor(config.imageLimits(), decoder, config.applyExifOrientation());
        FramePath path = new FramePath(fetcher, preprocessor, batcher, fetchPool, decodePool, NANO_CLOCK);

        CompletableFuture<Throwable> fault = new CompletableFuture<>();
        List<BatchWorker> workers = new ArrayList<>();
        List<Thread> workerThreads = new ArrayList<>();
        for (int i = 0; i < devices * config.workers(); i++) {
            BatchRunner runner = new BatchRunner(i % devices, InstantSource.system());
            BatchWorker worker = new BatchWorker(batcher, runner, NANO_CLOCK, fault::complete);
            workers.add(worker);
            workerThreads.add(threads.newThread(worker));
        }
        RuntimeThreads all = new RuntimeThreads(List.of(fetchPool, decodePool, loading), workerThreads, watchdog);
        ServingRuntime runtime = new ServingRuntime(models, batcher, path, all, fetcher, cache);
        fault.thenAccept(runtime::fail);
        workerThreads.forEach(Thread::start);
        watchdog.scheduleWithFixedDelay(() -> checkRuns(workers, fault), 1, 1, TimeUnit.SECONDS);
        return runtime;
    }

    private static void checkRuns(List<BatchWorker> workers, CompletableFuture<Throwable> fault) {
        long now = NANO_CLOCK.getAsLong();
        for (BatchWorker worker : workers) {
            if (worker.runningFor(now) > RUN_LIMIT.toNanos()) {
                fault.complete(InferenceException.deviceLost(
                        "a batch has not ended after " + RUN_LIMIT.toSeconds() + " s; the device hangs", null));
            }
        }
    }

    private static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        ClassLoader classLoader = ServingRuntimeFactory.class.getClassLoader();
        return body -> {
            Thread thread = new Thread(body, "alexstream-" + number.incrementAndGet());
            thread.setDaemon(true);
            // Not the class loader of whichever task happened to come first.
            thread.setContextClassLoader(classLoader);
            return thread;
        };
    }
}
