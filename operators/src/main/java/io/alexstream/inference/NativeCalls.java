package io.alexstream.inference;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets the process end only between runs. At its very end C++ destroys ONNX Runtime's shared threads under those that still run:
 * one SIGTERM in ten in mid-run ended in SIGSEGV and an {@code hs_err} file (seen). So while there are sessions, a shutdown hook
 * waits for the runs under way, and no further one begins. Safe for concurrent use.
 */
final class NativeCalls {

    /** The slowest batch of 32 AlexNet frames seen took 2 s; what hangs must not keep the process. */
    private static final long END_SECONDS = 10;

    /** Shared by runs, taken alone and for good by the hook. */
    private static final ReadWriteLock LOCK = new ReentrantReadWriteLock();

    private static volatile boolean ending;
    private static int sessions;
    private static @Nullable Thread hook;

    private NativeCalls() {}

    /** @throws InferenceException where the process ends */
    static synchronized void sessionOpened() {
        if (sessions == 0) {
            Thread added = new Thread(NativeCalls::awaitEnd, "onnxruntime-end");
            try {
                Runtime.getRuntime().addShutdownHook(added);
            } catch (IllegalStateException e) {
                throw processEnds(e);
            }
            hook = added;
        }
        sessions++;
    }

    /** With the last one goes the hook, which would keep this class and its class loader. */
    static synchronized void sessionClosed() {
        sessions--;
        if (sessions == 0 && hook != null && !ending) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // It runs already.
                return;
            }
            hook = null;
        }
    }

    /**
     * To be followed by {@link #end()} on the same thread.
     *
     * @throws InferenceException where the process ends
     */
    static void begin() {
        if (ending || !LOCK.readLock().tryLock()) {
            throw processEnds(null);
        }
    }

    static void end() {
        LOCK.readLock().unlock();
    }

    private static void awaitEnd() {
        ending = true;
        try {
            LOCK.writeLock().tryLock(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InferenceException processEnds(@Nullable Throwable cause) {
        return InferenceException.internal("the process ends", cause);
    }
}
