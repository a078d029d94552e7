package io.alexstream.image;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory for encoded images, shared by all fetching threads. Shares are given in the order in which they were asked for,
 * so a large image is not overtaken for ever by small ones. Safe for concurrent use: a fair semaphore does the counting.
 */
final class ByteBudget {

    /** Bytes are counted in pages, so that a semaphore's int counts more than 2 GiB. */
    private static final int PAGE = 1024;

    private final Semaphore pages;

    ByteBudget(long bytes) {
        this.pages = new Semaphore(pagesOf(bytes), true);
    }

    /** Waits until the bytes are free; the caller closes the share. At most the whole budget may be asked for. */
    Share take(long bytes) throws InterruptedException {
        int taken = pagesOf(bytes);
        pages.acquire(taken);
        return new Share(taken);
    }

    long freeBytes() {
        return (long) pages.availablePermits() * PAGE;
    }

    private static int pagesOf(long bytes) {
        return Math.toIntExact((bytes + PAGE - 1) / PAGE);
    }

    /** A part of the budget. Safe for concurrent use; closing again does nothing. */
    final class Share implements AutoCloseable {

        private final AtomicInteger held;

        private Share(int pages) {
            this.held = new AtomicInteger(pages);
        }

        /** Gives back what goes beyond the given bytes. */
        void shrinkTo(long bytes) {
            int kept = pagesOf(bytes);
            int before = held.getAndUpdate(now -> Math.min(now, kept));
            pages.release(Math.max(0, before - kept));
        }

        @Override
        public void close() {
            pages.release(held.getAndSet(0));
        }
    }
}
