package io.alexstream.serving;

import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.TopK;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's session on one device, which can be made anew when the device loses it. Safe for concurrent use: runs share a
 * lock that a rebuild takes alone, so a session is never closed while it runs.
 */
final class DeviceSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceSession.class);

    /** A device that fails more often than this is not coming back; Flink restores the job, elsewhere if it can. */
    private static final int MAX_REBUILDS = 2;

    /** In how long; failures further apart have nothing to do with each other. */
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Supplier<InferenceSession> opener;
    private final LongSupplier nanoClock;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private InferenceSession session;
    private long generation;
    private int rebuilds;
    private long windowStart;

    /**
     * Takes the session over.
     *
     * @param opener opens another one like it, checked and warmed up
     */
    DeviceSession(InferenceSession session, Supplier<InferenceSession> opener, LongSupplier nanoClock) {
        this.session = session;
        this.opener = opener;
        this.nanoClock = nanoClock;
    }

    ExecutionProvider executionProvider() {
        lock.readLock().lock();
        try {
            return session.executionProvider();
        } finally {
            lock.readLock().unlock();
        }
    }

    TopK run(ByteBuffer frames, int count) {
        lock.readLock().lock();
        try {
            return session.run(frames, count);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Counts the sessions; to be read before a run, so that two threads that fail with one session rebuild it once. */
    long generation() {
        lock.readLock().lock();
        try {
            return generation;
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Makes the session anew, unless another thread has done so since.
     *
     * @param failed the generation that failed
     * @return whether it is worth trying again; false where the device has failed too often or opens no session
     */
    boolean rebuild(long failed, InferenceException cause) {
        lock.writeLock().lock();
        try {
            if (generation != failed) {
                return true;
            }
            if (!withinBudget()) {
                return false;
            }
            LOG.warn("Opening session again after: {}", cause.getMessage());
            session.close();
            session = opener.get();
            generation++;
            return true;
        } catch (InferenceException | ModelLoadException e) {
            cause.addSuppressed(e);
            return false;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private boolean withinBudget() {
        long now = nanoClock.getAsLong();
        if (rebuilds == 0 || now - windowStart > WINDOW.toNanos()) {
            windowStart = now;
            rebuilds = 0;
        }
        rebuilds++;
        return rebuilds <= MAX_REBUILDS;
    }

    /** Waits for runs to end. The first call closes, further ones do nothing. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            session.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
