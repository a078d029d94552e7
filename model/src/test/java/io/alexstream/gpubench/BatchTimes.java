package io.alexstream.gpubench;

import io.alexstream.batching.CloseReason;
import io.alexstream.serving.FrameListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What the operator tells of its batches and frames while it is measured. Safe for concurrent use: lock and adders. */
final class BatchTimes implements FrameListener {

    /** From so many batches on there is something between the first and the last. */
    private static final int LEAST = 4;

    /** Until there are enough: a CPU takes half a minute for a batch of 1024 AlexNet frames. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private record Batch(int size, long nanos, long ended) {}

    private final List<Batch> batches = new ArrayList<>();
    private final LongAdder decodeNanos = new LongAdder();

    @Override
    public void fetched(long bytes, long nanos) {}

    @Override
    public void decoded(long nanos) {
        decodeNanos.add(nanos);
    }

    @Override
    public void waited(long nanos) {}

    @Override
    public synchronized void batchRun(int size, CloseReason closeReason, long nanos, int queued) {
        batches.add(new Batch(size, nanos, System.nanoTime()));
    }

    /** Forgets what was told so far: the warm-up is over. */
    synchronized void restart() {
        batches.clear();
        decodeNanos.reset();
    }

    /**
     * Repeats what makes batches until enough of at least that size have run.
     *
     * @throws BenchException where they are too slow, or never fill
     */
    void repeatUntilEnough(int size, Timing.Run round) throws Exception {
        repeatUntilEnough(size, PATIENCE, round);
    }

    void repeatUntilEnough(int size, Duration patience, Timing.Run round) throws Exception {
        long start = System.nanoTime();
        round.once();
        while (count(size) < LEAST) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new BenchException(count(size) + " batches of " + size + " ran within " + patience.toSeconds()
                        + " s, and " + LEAST + " are needed; choose smaller ones (--batches)");
            }
            round.once();
        }
    }

    /** Batches of at least that size so far. */
    synchronized long count(int size) {
        return batches.stream().filter(batch -> batch.size() >= size).count();
    }

    /** From the end of the first batch to the end of the last full one: filling and draining do not count. */
    synchronized Rate rate(int fullSize) {
        int last = batches.size() - 1;
        while (last > 0 && batches.get(last).size() < fullSize) {
            last--;
        }
        if (last < 1) {
            throw new BenchException("fewer than two full batches of " + fullSize + " ran; measure longer (--cell)");
        }
        List<Batch> counted = batches.subList(1, last + 1);
        double seconds = (batches.get(last).ended() - batches.get(0).ended()) / 1e9;
        double frames = counted.stream().mapToInt(Batch::size).sum();
        return new Rate(
                frames / seconds,
                frames / counted.size(),
                counted.stream().mapToLong(Batch::nanos).sum() / 1e9 / seconds,
                Timing.of(counted.stream().map(Batch::nanos).toList()));
    }

    /** Seconds that all decoding threads spent together. */
    double decodeSeconds() {
        return decodeNanos.sum() / 1e9;
    }

    /**
     * @param meanBatch frames in a batch
     * @param deviceShare of the time in which a batch ran
     * @param timing of the batches' runs
     */
    record Rate(double imagesPerSecond, double meanBatch, double deviceShare, Timing timing) {}
}
