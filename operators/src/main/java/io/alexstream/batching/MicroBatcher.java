package io.alexstream.batching;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers elements into micro-batches. Many threads reserve slots and fill them; one or more threads take whole batches, run
 * them and release them. A free thread takes all that waits, up to {@code maxBatchSize}, so batches grow by themselves under
 * load and a lone element waits for {@code linger} at most.
 *
 * <p>Safe for concurrent use: one lock guards the queue and is held for bookkeeping only, never while bytes are written or a
 * batch runs.
 *
 * @param <K> what a batch never mixes
 * @param <E> the element
 */
public final class MicroBatcher<K, E> implements AutoCloseable {

    private final int maxBatchSize;
    private final LongSupplier nanoClock;
    private final IntFunction<ByteBuffer> allocator;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition space = lock.newCondition();
    private final BatchQueue<K, E> queue;
    private boolean closed;

    /**
     * @param nanoClock a clock as {@link System#nanoTime()}
     * @param allocator makes the buffers: {@code maxInFlightBatches}, and those that {@link #lend} needs beyond them
     */
    public MicroBatcher(BatchPolicy policy, LongSupplier nanoClock, IntFunction<ByteBuffer> allocator) {
        this.maxBatchSize = policy.maxBatchSize();
        this.nanoClock = nanoClock;
        this.allocator = allocator;
        this.queue = new BatchQueue<>(policy, new BufferPool(policy.maxInFlightBatches(), allocator));
    }

    /**
     * Makes all buffers for elements of this size now, so that a lack of memory shows before the first of them; throws {@link
     * OutOfMemoryError} and then changes nothing. Elements of other sizes go on meanwhile: buffers are made outside the lock.
     */
    public void prepare(int slotBytes) {
        int bytes = Math.multiplyExact(slotBytes, maxBatchSize);
        List<ByteBuffer> made = new ArrayList<>();
        for (int missing = missing(bytes); made.size() < missing; ) {
            made.add(allocator.apply(bytes));
        }
        lock.lock();
        try {
            queue.install(made, bytes);
            space.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int missing(int bytes) {
        lock.lock();
        try {
            return queue.missing(bytes);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the element a place in the batch that fills for its key; waits while every buffer is in use, which is what holds
     * a fast decoder back.
     *
     * @param slotBytes the same for all elements of a key
     * @throws IllegalStateException where the batcher is closed
     */
    public Slot reserve(K key, int slotBytes, E element) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            MicroBatch<K, E> batch = openBatch(key, slotBytes);
            Slot slot = queue.add(batch, element);
            // One signal is enough: every free thread waits for the same oldest batch.
            work.signal();
            return slot.reservedIn(this, batch);
        } finally {
            lock.unlock();
        }
    }

    private MicroBatch<K, E> openBatch(K key, int slotBytes) throws InterruptedException {
        while (true) {
            if (closed) {
                throw new IllegalStateException("the batcher is closed");
            }
            MicroBatch<K, E> batch = queue.batchFor(key, slotBytes, nanoClock.getAsLong());
            if (batch != null) {
                return batch;
            }
            space.await();
        }
    }

    /** For {@link Slot}: this element's bytes are there. */
    void filled(MicroBatch<?, ?> batch) {
        lock.lock();
        try {
            batch.filled();
            if (batch.isFilled()) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch; waits until one is full, or until the oldest element has lingered. The caller runs it and then calls
     * {@link #release}.
     *
     * @return null once the batcher is closed and nothing waits any more
     */
    public @Nullable MicroBatch<K, E> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = nanoClock.getAsLong();
                MicroBatch<K, E> batch = queue.poll(now);
                if (batch != null) {
                    // Another free thread may find a second batch due.
                    work.signal();
                    return batch;
                }
                if (closed && queue.queued() == 0) {
                    work.signalAll();
                    return null;
                }
                await(queue.nanosUntilDue(now));
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(long nanos) throws InterruptedException {
        if (nanos == Long.MAX_VALUE) {
            work.await();
            return;
        }
        // At least a microsecond: a linger that ends this very moment must not spin. Woken early or not, the caller
        // looks again.
        work.awaitNanos(Math.max(nanos, TimeUnit.MICROSECONDS.toNanos(1)));
    }

    /** Gives the batch's buffer back; its slots must not be read afterwards. */
    public void release(MicroBatch<K, E> batch) {
        lock.lock();
        try {
            queue.release(batch);
            // All: they may wait for batches of different keys, and one buffer serves one key.
            space.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lends a buffer for something that is no batch: a free one, so that it needs no memory of its own, or one made for the
     * occasion where there is none. Never waits: the caller may hold the batch for whose buffer it would wait.
     *
     * @param bytes what the buffer must hold; what lies in it is arbitrary
     */
    public void lend(int bytes, Consumer<ByteBuffer> action) {
        SlotBuffer lent = borrow(bytes);
        if (lent == null) {
            action.accept(allocator.apply(bytes));
            return;
        }
        try {
            action.accept(lent.bytes());
        } finally {
            lock.lock();
            try {
                queue.giveBack(lent);
                space.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable SlotBuffer borrow(int bytes) {
        lock.lock();
        try {
            return queue.borrow(bytes);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says whether further elements may come, which is so at first. Once none do, a free thread takes what waits at once:
     * nothing could fill the batch.
     */
    public void expectMore(boolean more) {
        lock.lock();
        try {
            queue.expectMore(more);
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Elements that have a slot and do not run yet. */
    public int queued() {
        lock.lock();
        try {
            return queue.queued();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no further elements and lets go of those that wait; {@link #take()} hands them out, then returns null. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.drain();
            work.signalAll();
            space.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
