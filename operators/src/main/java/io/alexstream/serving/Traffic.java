package io.alexstream.serving;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the images that want this machine's cores: those that are decoded now, and those that a run on these cores is to
 * answer, from when their frame is ready. Images on the network want none. Safe for concurrent use.
 */
final class Traffic {

    private final int cores;
    private final AtomicInteger decoding = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();

    /** @param cores of this machine */
    Traffic(int cores) {
        this.cores = cores;
    }

    /** Counts an image that is decoded, until the mark ends. */
    Mark decodes() {
        return new Mark(decoding);
    }

    /** Counts an image that waits for a run on these cores or is in one, until the mark ends. */
    Mark awaitsRun() {
        return new Mark(unanswered);
    }

    /** Whether no image waits for a run or is in one, and a core is free. */
    boolean isCalm() {
        return unanswered.get() == 0 && decoding.get() < cores;
    }

    /** One image's. Safe for concurrent use. */
    static final class Mark implements AutoCloseable {

        private final AtomicInteger count;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Mark(AtomicInteger count) {
            this.count = count;
            count.incrementAndGet();
        }

        /** The first call counts, further ones do nothing. */
        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                count.decrementAndGet();
            }
        }
    }
}
