package io.alexstream.serving;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runtimes of this process, one a key, counted by those who use them: the first makes it, the last closes it. More slots
 * then mean fuller batches, not more copies of a model. Safe for concurrent use: the map is guarded by its lock, and a
 * runtime is made under its own entry's lock, so that one job's load does not hold up another's.
 */
public final class SharedRuntimes {

    private static final Logger LOG = LoggerFactory.getLogger(SharedRuntimes.class);

    /** A subtask notices within a tenth of a second and is cancelled; threads that hang are left after 20 s. */
    private static final long BROKEN_END_SECONDS = 30;

    private static final Map<Object, Entry> ENTRIES = new HashMap<>();

    private SharedRuntimes() {}

    /**
     * The runtime of this key, made where there is none or where a fault has broken it. The caller closes the handle.
     *
     * @param key the job and its options
     */
    public static Handle acquire(Object key, Supplier<ServingRuntime> factory) {
        Entry entry;
        awaitEndOfBroken(key);
        synchronized (ENTRIES) {
            entry = ENTRIES.get(key);
            if (entry == null || entry.isBroken()) {
                entry = new Entry();
                ENTRIES.put(key, entry);
            }
            entry.users++;
        }
        try {
            return new Handle(key, entry, entry.runtime(factory));
        } catch (Throwable t) {
            release(key, entry);
            throw t;
        }
    }

    /** Two runtimes at once may not find the memory that one has; its other users are about to leave it. */
    private static void awaitEndOfBroken(Object key) {
        Entry broken;
        synchronized (ENTRIES) {
            broken = ENTRIES.get(key);
        }
        if (broken == null || !broken.isBroken()) {
            return;
        }
        try {
            if (!broken.ended.await(BROKEN_END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "A runtime that has failed is still in use after {} s; another is made beside it",
                        BROKEN_END_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void release(Object key, Entry entry) {
        synchronized (ENTRIES) {
            entry.users--;
            if (entry.users > 0) {
                return;
            }
            ENTRIES.remove(key, entry);
        }
        try {
            entry.close();
        } finally {
            entry.ended.countDown();
        }
    }

    /** One user's share of a runtime. Closing it twice does nothing the second time. Confined to the user's thread. */
    public static final class Handle implements AutoCloseable {

        private final Object key;
        private final Entry entry;
        private final ServingRuntime runtime;
        private boolean closed;

        private Handle(Object key, Entry entry, ServingRuntime runtime) {
            this.key = key;
            this.entry = entry;
            this.runtime = runtime;
        }

        public ServingRuntime runtime() {
            return runtime;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release(key, entry);
            }
        }
    }

    /** Guarded: {@code users} by the map's lock, {@code runtime} by this object's. */
    private static final class Entry {

        private final CountDownLatch ended = new CountDownLatch(1);
        private int users;
        private volatile @org.jspecify.annotations.Nullable ServingRuntime runtime;

        synchronized ServingRuntime runtime(Supplier<ServingRuntime> factory) {
            ServingRuntime made = runtime;
            if (made == null) {
                made = factory.get();
                runtime = made;
            }
            return made;
        }

        boolean isBroken() {
            ServingRuntime made = runtime;
            return made != null && made.isBroken();
        }

        synchronized void close() {
            ServingRuntime made = runtime;
            if (made != null) {
                made.close();
            }
        }
    }
}
