package io.alexstream.image;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/**
 * A number of bytes that threads share, first come, first served. Safe for concurrent use: one fair semaphore, counted in
 * KiB so that its int permits reach 2 TiB.
 *
 * <p>INVARIANT: a thread that waits here holds no share of this budget, or two could wait for each other.
 */
final class MemoryBudget {

    private final int total;
    private final Semaphore kibibytes;

    /** A budget of {@code bytes}; whoever asks for more than there is gets all of it, so nobody waits for ever. */
    MemoryBudget(long bytes) {
        total = kibibytes(bytes);
        kibibytes = new Semaphore(total, true);
    }

    /** The whole budget. */
    long bytes() {
        return total * 1024L;
    }

    /** Waits until {@code bytes} are free and takes them. The caller closes the share. */
    Share take(long bytes) {
        int wanted = Math.min(kibibytes(bytes), total);
        try {
            kibibytes.acquire(wanted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for memory to hold an image");
        }
        return new Share(wanted);
    }

    private static int kibibytes(long bytes) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (bytes + 1023) / 1024));
    }

    /** A part of the budget. Closing twice is harmless; may be closed by another thread than took it. */
    final class Share implements AutoCloseable {

        private int held;

        private Share(int held) {
            this.held = held;
        }

        /** Gives back all but {@code bytes}; does nothing where fewer are held. */
        void shrinkTo(long bytes) {
            keep(kibibytes(bytes));
        }

        @Override
        public void close() {
            keep(0);
        }

        private synchronized void keep(int wanted) {
            if (wanted < held) {
                kibibytes.release(held - wanted);
                held = wanted;
            }
        }
    }
}
