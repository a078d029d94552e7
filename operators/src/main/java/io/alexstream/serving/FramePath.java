package io.alexstream.serving;

import io.alexstream.batching.MicroBatcher;
import io.alexstream.batching.Slot;
import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import io.alexstream.image.EncodedImage;
import io.alexstream.image.FramePreprocessor;
import io.alexstream.image.ImageException;
import io.alexstream.image.ImageFetcher;
import io.alexstream.image.PreparedImage;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * The way of a frame up to its slot: fetched on one pool, decoded on another, written straight into the batch's buffer. Safe
 * for concurrent use: it has no state of its own.
 */
final class FramePath {

    private final ImageFetcher fetcher;
    private final FramePreprocessor preprocessor;
    private final MicroBatcher<ServedModel, Frame> batcher;
    private final Executor fetchPool;
    private final Executor decodePool;
    private final LongSupplier nanoClock;

    FramePath(
            ImageFetcher fetcher,
            FramePreprocessor preprocessor,
            MicroBatcher<ServedModel, Frame> batcher,
            Executor fetchPool,
            Executor decodePool,
            LongSupplier nanoClock) {
        this.fetcher = fetcher;
        this.preprocessor = preprocessor;
        this.batcher = batcher;
        this.fetchPool = fetchPool;
        this.decodePool = decodePool;
        this.nanoClock = nanoClock;
    }

    /** Sends a frame on its way; returns at once. Its future tells how it ended. */
    void start(Frame frame) {
        submit(fetchPool, frame, () -> fetch(frame));
    }

    private static void submit(Executor pool, Frame frame, Step step) {
        try {
            pool.execute(() -> run(frame, step));
        } catch (RejectedExecutionException e) {
            frame.fail(new IllegalStateException("the runtime is closed", e));
        }
    }

    private static void run(Frame frame, Step step) {
        if (frame.outcome().isDone()) {
            return;
        }
        try {
            step.run();
        } catch (ImageException e) {
            frame.reject(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            frame.fail(e);
        } catch (Throwable t) {
            frame.fail(t);
        }
    }

    private void fetch(Frame frame) {
        long start = nanoClock.getAsLong();
        EncodedImage encoded = fetched(frame.uri());
        frame.listener().fetched(encoded.bytes().length, nanoClock.getAsLong() - start);
        boolean handedOver = false;
        try {
            decodePool.execute(() -> run(frame, () -> decode(frame, encoded)));
            handedOver = true;
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the runtime is closed", e);
        } finally {
            if (!handedOver) {
                encoded.close();
            }
        }
    }

    private EncodedImage fetched(String uri) {
        try {
            return fetcher.fetch(uri);
        } catch (ImageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw blamed(DeadLetterReason.FETCH_FAILED, Stage.FETCH, "the fetch failed", e);
        }
    }

    private void decode(Frame frame, EncodedImage encoded) throws InterruptedException {
        long start = nanoClock.getAsLong();
        try (PreparedImage image = prepare(frame, encoded)) {
            long prepared = nanoClock.getAsLong();
            ServedModel model = frame.model();
            Slot slot = batcher.reserve(model, model.frameBytes(), frame);
            long reserved = nanoClock.getAsLong();
            try {
                image.writeFrame(model.modelPackage().manifest().input(), slot.buffer());
            } finally {
                frame.readyAt(nanoClock.getAsLong());
                slot.filled();
            }
            frame.listener().decoded(frame.readyAt() - reserved + prepared - start);
        }
    }

    private PreparedImage prepare(Frame frame, EncodedImage encoded) {
        try (encoded) {
            return preprocessor.prepare(
                    encoded.bytes(), frame.model().modelPackage().manifest().input());
        } catch (ImageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw blamed(DeadLetterReason.CORRUPT_IMAGE, Stage.DECODE, "the decoder failed", e);
        }
    }

    /** Whatever a fetcher or decoder trips over, the image made it, unless the runtime is closing: no record may stop the job. */
    private static RuntimeException blamed(DeadLetterReason reason, Stage stage, String what, RuntimeException e) {
        if (e instanceof CancellationException || Thread.currentThread().isInterrupted()) {
            return e;
        }
        return new ImageException(reason, stage, what + ": " + e.getClass().getSimpleName(), e);
    }

    /** What a pool runs for a frame. */
    private interface Step {
        void run() throws InterruptedException;
    }
}
