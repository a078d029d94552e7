package io.alexstream.image;

import java.time.Duration;

/**
 * The end of the time that one fetch has. It can be held while the fetch waits for something that is not the image's
 * fault. Held and let go by the fetching thread only; any thread may ask.
 */
final class Deadline {

    private volatile long end;
    private volatile boolean held;

    Deadline(Duration timeout) {
        this.end = System.nanoTime() + timeout.toNanos();
    }

    boolean isOver() {
        return !held && end - System.nanoTime() <= 0;
    }

    /** What is left, zero if nothing. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Stops the clock until the result is closed. */
    Hold hold() {
        long since = System.nanoTime();
        held = true;
        return () -> {
            end = end + (System.nanoTime() - since);
            held = false;
        };
    }

    /** A stopped clock; closing lets it run again. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
