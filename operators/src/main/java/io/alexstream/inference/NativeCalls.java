package io.alexstream.inference;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the process end only between native calls. At its very end C++ takes its objects down under those that still run: with
 * {@link OrtStart}'s second reference alone, 3 of 20 SIGTERMs in mid-run ended in SIGSEGV and an {@code hs_err} file; with this
 * besides, none of 50. While there are sessions, a shutdown hook waits for the calls under way, and no further one begins. Safe
 * for concurrent use.
 */
final class NativeCalls {

    private static final Logger LOG = LoggerFactory.getLogger(NativeCalls.class);

    /** The slowest batch of 32 AlexNet frames seen took 2 s; Flink halts a TaskManager 5 s after its end has begun. */
    private static final long END_SECONDS = 4;

    /** Shared by calls, taken alone and for good by the hook. */
    private static final ReadWriteLock LOCK = new ReentrantReadWriteLock();

    private static volatile boolean ending;
    private static int sessions;
    private static @Nullable Thread hook;

    private NativeCalls() {}

    /**
     * To be called before a session is opened, and followed by {@link #sessionClosed()}, also where it cannot be.
     *
     * @throws InferenceException PROCESS_ENDS; then nothing has to follow
     */
    static synchronized void sessionOpens() {
        if (sessions == 0) {
            Thread added = new Thread(NativeCalls::awaitEnd, "onnxruntime-end");
            try {
                Runtime.getRuntime().addShutdownHook(added);
            } catch (IllegalStateException e) {
                throw InferenceException.processEnds(e);
            }
            hook = added;
        }
        sessions++;
    }

    /** With the last one goes the hook, which would keep this class and its class loader. */
    static synchronized void sessionClosed() {
        sessions--;
        if (sessions > 0 || hook == null) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The process ends already: {}", e.getMessage());
        }
        hook = null;
    }

    /** Whether a call may begin; {@link #end()} follows on the same thread then. */
    static boolean mayBegin() {
        return !ending && LOCK.readLock().tryLock();
    }

    /**
     * As {@link #mayBegin()}.
     *
     * @throws InferenceException PROCESS_ENDS where it may not
     */
    static void begin() {
        if (!mayBegin()) {
            throw InferenceException.processEnds(null);
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
}
