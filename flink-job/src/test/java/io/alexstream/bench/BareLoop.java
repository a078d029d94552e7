package io.alexstream.bench;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.EncodedImage;
import io.alexstream.image.FetchLimits;
import io.alexstream.image.FramePreprocessor;
import io.alexstream.image.ImageFetcher;
import io.alexstream.image.ImageIoDecoder;
import io.alexstream.image.ImageLimits;
import io.alexstream.image.PreparedImage;
import io.alexstream.image.UriPolicy;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The most that one process can do: threads that fetch and decode into direct buffers, and one that runs full batches; no
 * stream, no queue, no answers. Settings are the job's defaults. Confined to one thread, which closes it.
 */
final class BareLoop implements AutoCloseable {

    static final int BATCH = 32;

    /** As the job: one runs, one waits, one fills. */
    private static final int BUFFERS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int cores = Runtime.getRuntime().availableProcessors();
    private final Workload work;
    private final InputSpec input;
    private final InferenceSession session;
    private final ImageFetcher fetcher;
    private final FramePreprocessor preprocessor =
            new FramePreprocessor(ImageLimits.ofDefaults(), new ImageIoDecoder(), true);
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final ExecutorService decoders = Executors.newFixedThreadPool(cores);

    BareLoop(Workload work) {
        this.work = work;
        this.input = work.manifest().input();
        this.session = new OnnxSessionFactory(SessionOptions.cpu(cores)).open(work.modelFile());
        this.fetcher = new ImageFetcher(UriPolicy.of(List.of(work.allowedUris())), FetchLimits.ofDefaults());
        for (int i = 0; i < BUFFERS; i++) {
            buffers.add(ByteBuffer.allocateDirect(BATCH * input.frameBytes()));
        }
    }

    /** Runs whole batches, {@code frames} or a few more; returns when each frame's batch ended, in milliseconds. */
    long[] run(int frames) throws InterruptedException, ExecutionException {
        int batches = (frames + BATCH - 1) / BATCH;
        List<CountDownLatch> filled = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            filled.add(new CountDownLatch(BATCH));
        }
        Semaphore slots = new Semaphore(BUFFERS * BATCH);
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> decoding = new ArrayList<>();
        for (int i = 0; i < cores; i++) {
            decoding.add(decoders.submit(() -> decode(batches * BATCH, next, slots, filled)));
        }
        long[] ended = new long[batches * BATCH];
        for (int batch = 0; batch < batches; batch++) {
            if (!filled.get(batch).await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                decoding.forEach(thread -> thread.cancel(true));
                throw new IllegalStateException("a batch of the bare loop was not decoded in " + PATIENCE);
            }
            session.run(buffers.get(batch % BUFFERS), BATCH);
            slots.release(BATCH);
            long now = System.nanoTime() / 1_000_000;
            for (int i = 0; i < BATCH; i++) {
                ended[batch * BATCH + i] = now;
            }
        }
        for (Future<?> thread : decoding) {
            thread.get();
        }
        return ended;
    }

    /** Batches run and give their slots back in order, so that a free slot is always the next frame's. */
    private Void decode(int frames, AtomicInteger next, Semaphore slots, List<CountDownLatch> filled)
            throws InterruptedException {
        while (true) {
            slots.acquire();
            int frame = next.getAndIncrement();
            if (frame >= frames) {
                return null;
            }
            try (EncodedImage encoded = fetcher.fetch(work.uri(frame));
                    PreparedImage image = preprocessor.prepare(encoded.bytes())) {
                ByteBuffer batch = buffers.get(frame / BATCH % BUFFERS);
                image.writeFrame(input, batch.slice(frame % BATCH * input.frameBytes(), input.frameBytes()));
            }
            filled.get(frame / BATCH).countDown();
        }
    }

    /** The median time of one full batch with nothing beside it, in milliseconds. */
    double batchMillis(int runs) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            session.run(buffers.get(0), BATCH);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        return Figures.median(millis);
    }

    @Override
    public void close() {
        decoders.shutdownNow();
        fetcher.close();
        session.close();
    }
}
