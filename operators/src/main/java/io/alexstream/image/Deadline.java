package io.alexstream.image;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The end of the time that one fetch has. It can be held while the fetch waits for something that is not the image's
 * fault. Held and let go by the fetching thread only; any thread may ask.
 */
final class Deadline {

    private final LongSupplier nanoClock;
    private volatile long end;
    private volatile boolean held;
    private long heldSince;

    Deadline(Duration timeout, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.end = nanoClock.getAsLong() + timeout.toNanos();
    }

    boolean isOver() {
        return !held && end - nanoClock.getAsLong() <= 0;
    }

    /** What is left, zero if nothing. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - nanoClock.getAsLong()));
    }

    /** Stops the clock until it is let go. */
    void hold() {
        heldSince = nanoClock.getAsLong();
        held = true;
    }

    /** Lets the clock run again. */
    void letGo() {
        long later = end + (nanoClock.getAsLong() - heldSince);
        // In this order, or another thread could see the old end as passed.
        end = later;
        held = false;
    }
}
