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

    /** Stops the clock until the result is closed. */
    Hold hold() {
        long since = nanoClock.getAsLong();
        held = true;
        return () -> {
            end = end + (nanoClock.getAsLong() - since);
            held = false;
        };
    }

    /** A stopped clock; closing lets it run again. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
