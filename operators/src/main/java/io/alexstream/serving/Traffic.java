package io.alexstream.serving;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Adds up how many of this machine's cores the images want that are fetched and not answered yet. Images on the network want
 * none. Safe for concurrent use.
 */
final class Traffic {

    private final int cores;
    private final AtomicInteger wanted = new AtomicInteger();

    /** @param cores of this machine */
    Traffic(int cores) {
        this.cores = cores;
    }

    /** Counts one image until its share ends. */
    Share add(int cores) {
        wanted.addAndGet(cores);
        return new Share(cores);
    }

    /** Whether none is left for anything else. */
    boolean takesAllCores() {
        return wanted.get() >= cores;
    }

    /** What one image wants. Safe for concurrent use. */
    final class Share {

        private final int cores;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Share(int cores) {
            this.cores = cores;
        }

        /** The first call counts, further ones do nothing. */
        void end() {
            if (ended.compareAndSet(false, true)) {
                wanted.addAndGet(-cores);
            }
        }
    }
}
