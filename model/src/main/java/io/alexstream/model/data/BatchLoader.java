package io.alexstream.model.data;

import io.alexstream.model.network.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes batches ahead of a trainer on threads of its own, so that it never waits for a decoder. Order and augmentation depend
 * on seed, epoch and place alone: however many threads there are, and wherever one begins, batch n is the same. Confined to the
 * trainer's thread, which closes it.
 */
public final class BatchLoader implements AutoCloseable {

    private final LabelledFrames frames;
    private final Shape shape;
    private final Augmentation augmentation;
    private final int batchSize;
    private final long seed;
    private final long steps;
    private final int ahead;
    private final ExecutorService threads;
    private final ArrayDeque<Future<Batch>> made = new ArrayDeque<>();
    private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();
    private long submitted;
    private long epochOfOrder = -1;
    private int[] order = new int[0];

    /**
     * @param frames patches of the network's resize
     * @param shape of the network's input
     * @param steps how many batches there will be, from the very first on
     * @param start the first one that is wanted
     */
    public BatchLoader(
            LabelledFrames frames,
            Shape shape,
            Augmentation augmentation,
            int batchSize,
            long seed,
            long steps,
            long start,
            int threads) {
        this.frames = frames;
        this.shape = shape;
        this.augmentation = augmentation;
        this.batchSize = batchSize;
        this.seed = seed;
        this.steps = steps;
        this.submitted = start;
        // Each thread has one in the making and one ready: an uneven decoder does not stop the trainer.
        this.ahead = 2 * threads;
        this.threads = Executors.newFixedThreadPool(threads, DaemonThreads.named("make-batches"));
    }

    /** Batches of one epoch; the last one may be smaller than the others. */
    public static long stepsPerEpoch(int images, int batchSize) {
        return (images + batchSize - 1L) / batchSize;
    }

    /**
     * The next batch, after waiting for it.
     *
     * @throws TrainingDataException where an image of it cannot be read any more
     */
    public Batch next() {
        while (submitted < steps && made.size() < ahead) {
            made.add(submit(submitted++));
        }
        Future<Batch> next = made.poll();
        if (next == null) {
            throw new IllegalStateException("there are only " + steps + " batches");
        }
        try {
            return next.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingDataException("interrupted while waiting for images");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TrainingDataException cause) {
                throw new TrainingDataException(String.valueOf(cause.getMessage()), cause);
            }
            throw new IllegalStateException("making a batch failed", e.getCause());
        }
    }

    private Future<Batch> submit(long step) {
        long perEpoch = stepsPerEpoch(frames.size(), batchSize);
        long epoch = step / perEpoch;
        if (epoch != epochOfOrder) {
            order = shuffled(epoch);
            epochOfOrder = epoch;
        }
        int from = (int) (step % perEpoch) * batchSize;
        int[] members = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
        return threads.submit(() -> make(epoch, members));
    }

    /** Fisher and Yates. */
    private int[] shuffled(long epoch) {
        SplittableRandom random = new SplittableRandom(Seeds.of(seed, epoch, -1));
        int[] shuffled = new int[frames.size()];
        for (int i = 0; i < shuffled.length; i++) {
            int j = random.nextInt(i + 1);
            shuffled[i] = shuffled[j];
            shuffled[j] = i;
        }
        return shuffled;
    }

    private Batch make(long epoch, int[] members) {
        ByteBuffer pooled = buffers.poll();
        ByteBuffer slots = pooled == null ? ByteBuffer.allocateDirect(batchSize * shape.size()) : pooled.clear();
        long[] classes = new long[members.length];
        float[] shift = new float[members.length * 3];
        int side = frames.input().height();
        for (int i = 0; i < members.length; i++) {
            classes[i] = frames.examples().get(members[i]).classIndex();
            long own = Seeds.of(seed, epoch, members[i]);
            augmentation.write(frames.frame(members[i]), side, shape, own, slots, shift, i * 3);
        }
        return new Batch(slots.clear(), classes, shift, buffers::add);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
