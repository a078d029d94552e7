package io.alexstream.model.stream;

/**
 * Spreads events evenly in time: event {@code i} is due {@code i / rate} seconds after the first. Counted from the start,
 * not from the last event, so that no delay adds up. Immutable.
 */
public final class Pacer {

    /** Below it a single event would be days away, above it the clock is coarser than the pauses. */
    private static final double LOWEST = 0.0001;

    private static final double HIGHEST = 1_000_000;

    private final double rate;
    private final long start;

    private Pacer(double rate, long start) {
        this.rate = rate;
        this.start = start;
    }

    /**
     * @param rate events a second; 0 for no limit
     * @param start {@code System.nanoTime()} of the first event
     */
    public static Pacer starting(long start, double rate) {
        if (!(rate == 0 || (rate >= LOWEST && rate <= HIGHEST))) {
            throw new IllegalArgumentException("rate must be 0 (no limit) or 0.0001 to 1000000, was " + rate);
        }
        return new Pacer(rate, start);
    }

    /** Nanoseconds until the event is due; 0 or less where it is due now. */
    public long waitFor(long index, long now) {
        return rate == 0 ? 0 : start + Math.round(index * 1e9 / rate) - now;
    }
}
