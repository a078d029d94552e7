package io.alexstream.model.data;

import java.util.concurrent.ThreadFactory;

/** Threads that never keep a command from ending. Safe for concurrent use: it has no state. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** Makes threads of that name. */
    public static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
