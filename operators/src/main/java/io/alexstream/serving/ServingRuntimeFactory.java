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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Wires a runtime: threads, clocks, pools. The one place of this package that makes threads and reads the
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
     * Starts the threads; {@link ServingRuntime#begin} loads a model. The caller closes the runtime.
     *
     * @param devices open sessions, one a device; all devices are fed from one queue
     * @throws ModelLoadException where there is no folder to fetch packages to
     * @throws DecoderUnavailableException where the decoder cannot be used
     */
    public static ServingRuntime start(ServingConfig config, List<SessionFactory> devices) {
        return start(config, devices, LocalDisk.OWN);
    }

    /** As {@link #start(ServingConfig, List)}, with another disk for the packages. */
    static ServingRuntime start(ServingConfig config, List<SessionFactory> devices, LocalDisk disk) {
        // First, since it is the quickest to fail.
        ImageDecoder decoder = config.decoder().open();
        ModelCache cache = ModelCache.open(config.cacheDirectory());
        try {
            return start(config, devices, decoder, cache, new ModelRepository(disk));
        } catch (Throwable t) {
            cache.close();
            throw t;
        }
    }

    private static ServingRuntime start(
            ServingConfig config,
            List<SessionFactory> devices,
            ImageDecoder decoder,
            ModelCache cache,
            ModelRepository repository) {
        ThreadFactory threads = daemons();
        BatchPolicy batching = config.batching(devices.size());
        MicroBatcher<ServedModel, Frame> batcher = new MicroBatcher<>(batching, NANO_CLOCK, ByteBuffer::allocateDirect);
        FrameMemory memory = new FrameMemory(batching, batcher);
        ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(threads);
        ExecutorService closer = Executors.newSingleThreadExecutor(threads);
        ModelLoader loader = new ModelLoader(
                repository,
                cache,
                devices,
                memory,
                NANO_CLOCK,
                new LowPriority(threads),
                new RunSizes(config.allowedBatchSizes(), config.sessions().intraOpThreads()),
                config.topK(),
                closer);
        LoadQueue queue =
                new LoadQueue(() -> Executors.newSingleThreadExecutor(threads), watchdog, config.loadTimeout());
        ServedModels open = new ServedModels(loader, queue);
        ModelSwapper swapper = new ModelSwapper(open, InstantSource.system());
        FirstModel first = new FirstModel(repository, queue, open, swapper);
        LiveModels models = new LiveModels(open, swapper, first, queue, closer);
        return wire(config, models, devices.size(), batcher, decoder, watchdog, threads, cache);
    }

    private static ServingRuntime wire(
            ServingConfig config,
            LiveModels models,
            int devices,
            MicroBatcher<ServedModel, Frame> batcher,
            ImageDecoder decoder,
            ScheduledExecutorService watchdog,
            ThreadFactory threads,
            ModelCache cache) {
        ExecutorService fetchPool = Executors.newFixedThreadPool(config.fetchThreads(), threads);
        ExecutorService decodePool = Executors.newFixedThreadPool(config.decodeThreads(), threads);
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
        RuntimeThreads all = new RuntimeThreads(List.of(fetchPool, decodePool), workerThreads, watchdog);
        ServingRuntime runtime = new ServingRuntime(models, batcher, path, all, fetcher, cache);
        fault.thenAccept(runtime::fail);
        workerThreads.forEach(Thread::start);
        watchdog.scheduleWithFixedDelay(
                () -> {
                    checkRuns(workers, fault);
                    models.tick();
                },
                1,
                1,
                TimeUnit.SECONDS);
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
