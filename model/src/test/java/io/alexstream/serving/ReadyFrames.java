package io.alexstream.serving;

import io.alexstream.batching.BatchPolicy;
import io.alexstream.batching.MicroBatcher;
import io.alexstream.batching.Slot;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.InferenceSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The operator's batcher, inference thread and answers, fed with frames that are decoded already: what serving costs besides
 * fetching and decoding. In this package for its classes' sake. One thread makes, feeds and closes it.
 */
public final class ReadyFrames implements AutoCloseable {

    /** As {@code batch.linger}; under full load no batch waits that long. */
    private static final Duration LINGER = Duration.ofMillis(5);

    /** As a runtime of one device: one batch runs, one waits, one fills. */
    private static final int BATCHES = 3;

    /** As {@code output.top-k}. */
    private static final int TOP_K = 5;

    private static final long END_MILLIS = 120_000;

    private final MicroBatcher<ServedModel, Frame> batcher;
    private final ServedModel model;
    private final FrameListener listener;
    private final Thread worker;
    private final CompletableFuture<Throwable> fault = new CompletableFuture<>();

    /**
     * @param session taken over
     * @param batchSizes rising, the last is the maximum; on CUDA smaller batches are padded to them
     * @param listener told of the batches, on one thread
     */
    public ReadyFrames(
            ModelPackage modelPackage, InferenceSession session, List<Integer> batchSizes, FrameListener listener) {
        this.listener = listener;
        RunSizes runSizes = new RunSizes(batchSizes, Runtime.getRuntime().availableProcessors());
        batcher = new MicroBatcher<>(
                new BatchPolicy(runSizes.largestBatch(), LINGER, BATCHES),
                System::nanoTime,
                ByteBuffer::allocateDirect);
        DeviceSession device = new DeviceSession(session, ReadyFrames::notAgain, System::nanoTime);
        ByteBuffer control = GoldenCheck.firstFrame(modelPackage);
        model = new ServedModel(
                copyToRemove(modelPackage),
                List.of(device),
                control,
                runSizes,
                TOP_K,
                new LoadTimes(0, 0),
                Runnable::run);
        // Feeders that wait for room hear of it.
        fault.thenRun(batcher::close);
        BatchRunner runner = new BatchRunner(0, InstantSource.system());
        worker = new Thread(new BatchWorker(batcher, runner, System::nanoTime, fault::complete), "inference");
        worker.setDaemon(true);
        worker.start();
    }

    /** A model removes the folder of its package when it closes, which is the cache's copy elsewhere and must not be the user's. */
    private static ModelPackage copyToRemove(ModelPackage modelPackage) {
        try {
            return new ModelPackage(
                    modelPackage.ref(), modelPackage.manifest(), Files.createTempDirectory("alexstream-ready-frames"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a session that failed would give is no measurement. */
    private static InferenceSession notAgain() {
        throw InferenceException.deviceLost("the session failed", null);
    }

    /**
     * Feeds frames from so many threads until the time is over. The last of them may still be unanswered then; {@link
     * #close()} waits for them.
     *
     * @param frame direct, from position 0
     * @throws IllegalStateException where a frame was not answered
     */
    public void feed(ByteBuffer frame, int threads, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<Thread> feeders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread feeder = new Thread(() -> feed(frame, end), "feeder-" + i);
            feeder.setDaemon(true);
            feeder.start();
            feeders.add(feeder);
        }
        for (Thread feeder : feeders) {
            feeder.join();
        }
        Throwable failure = fault.getNow(null);
        if (failure != null) {
            throw new IllegalStateException("the runtime failed: " + failure.getMessage(), failure);
        }
    }

    private void feed(ByteBuffer source, long end) {
        try {
            while (System.nanoTime() < end && !fault.isDone()) {
                if (!model.tryLease()) {
                    throw new IllegalStateException("the model is closed");
                }
                Frame frame = new Frame("", model, listener);
                frame.outcome().whenComplete((outcome, failure) -> {
                    model.release();
                    if (!(outcome instanceof FrameOutcome.Predicted)) {
                        fault.complete(failure == null ? new IllegalStateException(outcome.toString()) : failure);
                    }
                });
                Slot slot = batcher.reserve(model, model.frameBytes(), frame);
                slot.buffer().put(source.duplicate());
                frame.readyAt(System.nanoTime());
                slot.filled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fault.complete(e);
        }
    }

    /** Lets what waits run, then closes the session. */
    @Override
    public void close() {
        batcher.close();
        try {
            worker.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (worker.isAlive()) {
            // Closing a session under its run would crash the process.
            throw new IllegalStateException("a batch has not ended after " + END_MILLIS / 1000 + " s");
        }
        model.retire();
    }
}
