package io.alexstream.serving;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The runtimes of this process, one a key, counted by those who use them: the first makes it, the last closes it. More slots
 * then mean fuller batches, not more copies of a model. Safe for concurrent use: the map is guarded by its lock, and a
 * runtime is made under its own entry's lock, so that one job's load does not hold up another's.
 */
public final class SharedRuntimes {

    private static final Map<Object, Entry> ENTRIES = new HashMap<>();

    private SharedRuntimes() {}

    /**
     * The runtime of this key, made where there is none or where a fault has broken it. The caller closes the handle.
     *
     * @param key the job and its options
     */
    public static Handle acquire(Object key, Supplier<ServingRuntime> factory) {
        Entry entry;
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

    private static void release(Object key, Entry entry) {
        synchronized (ENTRIES) {
            entry.users--;
            if (entry.users > 0) {
                return;
            }
            ENTRIES.remove(key, entry);
        }
        entry.close();
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
