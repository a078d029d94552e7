package io.alexstream.batching;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a batcher: which batches fill, which wait to run, which buffers are free. Time is an argument, so that tests
 * need no clock. Not safe for concurrent use; {@link MicroBatcher} guards it.
 */
final class BatchQueue<K, E> {

    private final BatchPolicy policy;
    private final BufferPool buffers;
    /** In the order in which they were opened, so that the first is the one that waited longest. */
    private final Map<K, MicroBatch<K, E>> open = new LinkedHashMap<>();

    private final Deque<MicroBatch<K, E>> closed = new ArrayDeque<>();
    private int queued;
    private boolean expectsMore = true;

    BatchQueue(BatchPolicy policy, BufferPool buffers) {
        this.policy = policy;
        this.buffers = buffers;
    }

    /** How many buffers of so many bytes have to be installed before every batch finds one. */
    int missing(int bytes) {
        return buffers.missing(bytes);
    }

    /** Takes buffers of so many bytes over. */
    void install(List<ByteBuffer> made, int bytes) {
        buffers.install(made, bytes);
    }

    /** The batch in which the next element of this key has a place, or null where every buffer is in use. */
    @Nullable
    MicroBatch<K, E> batchFor(K key, int slotBytes, long now) {
        MicroBatch<K, E> batch = open.get(key);
        if (batch != null) {
            return batch;
        }
        SlotBuffer buffer = buffers.acquire(Math.multiplyExact(slotBytes, policy.maxBatchSize()));
        if (buffer == null) {
            return null;
        }
        buffer.divide(policy.maxBatchSize(), slotBytes);
        MicroBatch<K, E> opened = new MicroBatch<>(key, buffer, now);
        open.put(key, opened);
        return opened;
    }

    Slot add(MicroBatch<K, E> batch, E element) {
        Slot slot = batch.add(element);
        queued++;
        if (batch.size() == policy.maxBatchSize()) {
            close(batch, CloseReason.FULL);
        }
        return slot;
    }

    /** The next batch to run, or null where none is due or none is filled yet. */
    @Nullable
    MicroBatch<K, E> poll(long now) {
        if (closed.isEmpty() || !canFill()) {
            closeLingered(now);
        }
        for (Iterator<MicroBatch<K, E>> waiting = closed.iterator(); waiting.hasNext(); ) {
            MicroBatch<K, E> batch = waiting.next();
            if (batch.isFilled()) {
                waiting.remove();
                queued -= batch.size();
                return batch;
            }
        }
        return null;
    }

    private void closeLingered(long now) {
        MicroBatch<K, E> oldest = oldest();
        if (oldest != null && now - oldest.openedAt() >= lingerNanos()) {
            close(oldest, expectsMore ? CloseReason.LINGER : CloseReason.DRAINED);
        }
    }

    /**
     * Whether the batch that waited longest fills by itself while others run. One of a key that gives way to another does not,
     * and batches of the newer key would run before it for as long as they are always there.
     */
    private boolean canFill() {
        MicroBatch<K, E> oldest = oldest();
        return oldest != null
                && open.size() == 1
                && closed.stream().allMatch(batch -> batch.key().equals(oldest.key()));
    }

    private long lingerNanos() {
        return expectsMore ? policy.linger().toNanos() : 0;
    }

    private @Nullable MicroBatch<K, E> oldest() {
        return open.isEmpty() ? null : open.values().iterator().next();
    }

    /** Nanoseconds until {@link #poll} could close a batch by itself, or {@code Long.MAX_VALUE} where time changes nothing. */
    long nanosUntilDue(long now) {
        MicroBatch<K, E> oldest = oldest();
        if (oldest == null || (!closed.isEmpty() && canFill())) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, lingerNanos() - (now - oldest.openedAt()));
    }

    /** Whether lingering can fill a batch. Where not, the oldest is due at once. */
    void expectMore(boolean more) {
        expectsMore = more;
    }

    /** Lets go of all that waits. */
    void drain() {
        while (!open.isEmpty()) {
            close(open.values().iterator().next(), CloseReason.DRAINED);
        }
    }

    private void close(MicroBatch<K, E> batch, CloseReason reason) {
        batch.close(reason);
        open.remove(batch.key());
        closed.add(batch);
    }

    /** A free buffer of at least so many bytes for something that is no batch, or null where there is none. */
    @Nullable
    SlotBuffer borrow(int bytes) {
        return buffers.borrow(bytes);
    }

    void giveBack(SlotBuffer buffer) {
        buffers.release(buffer);
    }

    void release(MicroBatch<K, E> batch) {
        buffers.release(batch.slots());
    }

    /** Elements that have a slot and do not run yet. */
    int queued() {
        return queued;
    }
}
