package io.alexstream.serving;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Adds up how many of this machine's cores the images want: each one to be decoded, and a batch all that it runs on. Images on the
 * network, and those that wait for their batch, want none. Safe for concurrent use.
 */
final class Traffic {

    private final int cores;
    private final AtomicInteger wanted = new AtomicInteger();

    /** @param cores of this machine */
    Traffic(int cores) {
        this.cores = cores;
    }

    /** Counts an image or a batch until its share ends. */
    Share add(int cores) {
        wanted.addAndGet(cores);
        return new Share(cores);
    }

    /** Whether none is left for anything else. */
    boolean takesAllCores() {
        return wanted.get() >= cores;
    }

    /** What an image or a batch wants. Safe for concurrent use. */
    final class Share implements AutoCloseable {

        private final int cores;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Share(int cores) {
            this.cores = cores;
        }

        /** The first call counts, further ones do nothing. */
        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                wanted.addAndGet(-cores);
            }
        }
    }
}
