package io.alexstream.flink;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * The last values of a measurement. Safe for concurrent use without a lock: an update claims a place of the window and writes
 * it, so that many threads may update at once; it allocates nothing. A reader may see a few values more or less than there
 * were at one moment.
 */
final class SlidingHistogram implements Histogram {

    /** Enough for a p99 that rests on ten values. A power of two, so that a place is found without a division. */
    private static final int WINDOW = 1024;

    private static final long EMPTY = -1;
    private static final double NANOS_A_MILLI = 1e6;

    private final AtomicLongArray window = new AtomicLongArray(WINDOW);
    private final AtomicLong count = new AtomicLong();
    private final double scale;

    private SlidingHistogram(double scale) {
        this.scale = scale;
        for (int i = 0; i < WINDOW; i++) {
            window.setPlain(i, EMPTY);
        }
    }

    /** Of values as they are. */
    static SlidingHistogram ofValues() {
        return new SlidingHistogram(1);
    }

    /** Of nanoseconds, reported in milliseconds with their fraction: what is fast takes a few microseconds. */
    static SlidingHistogram ofNanosAsMillis() {
        return new SlidingHistogram(NANOS_A_MILLI);
    }

    /** @param value 0 or more; what is below counts as 0 */
    @Override
    public void update(long value) {
        window.set((int) (count.getAndIncrement() & (WINDOW - 1)), Math.max(0, value));
    }

    @Override
    public long getCount() {
        return count.get();
    }

    @Override
    public HistogramStatistics getStatistics() {
        long[] values = new long[WINDOW];
        int size = 0;
        for (int i = 0; i < WINDOW; i++) {
            long value = window.get(i);
            if (value != EMPTY) {
                values[size++] = value;
            }
        }
        Arrays.sort(values, 0, size);
        return new SlidingStatistics(Arrays.copyOf(values, size), scale);
    }
}
