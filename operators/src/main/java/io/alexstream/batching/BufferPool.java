package io.alexstream.batching;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of buffers, made when first needed and kept. When a model with larger frames comes, larger ones are
 * installed: free ones are replaced at once, those in use as they come back, so that no batch in flight is disturbed and none
 * has to be made while frames wait. Not safe for concurrent use; guarded by the batcher's lock.
 */
final class BufferPool {

    private final IntFunction<ByteBuffer> allocator;
    private final int count;
    private final Deque<SlotBuffer> free = new ArrayDeque<>();
    /** Larger ones that wait for a smaller one to come back. */
    private final Deque<SlotBuffer> replacements = new ArrayDeque<>();

    private int unmade;
    private int capacity;

    BufferPool(int count, IntFunction<ByteBuffer> allocator) {
        this.allocator = allocator;
        this.count = count;
        this.unmade = count;
    }

    /** How many buffers of so many bytes have to be installed before every batch finds one. */
    int missing(int bytes) {
        return bytes > capacity ? count : unmade;
    }

    /**
     * Takes buffers over; there must be at least {@link #missing} of them. More than those (a batch was opened since) are let
     * go.
     */
    void install(List<ByteBuffer> made, int bytes) {
        Deque<ByteBuffer> left = new ArrayDeque<>(made);
        if (bytes > capacity) {
            capacity = bytes;
            int replaced = free.size();
            free.clear();
            for (int i = 0; i < replaced; i++) {
                free.add(new SlotBuffer(left.remove()));
            }
            int inUse = count - unmade - replaced;
            replacements.clear();
            for (int i = 0; i < inUse; i++) {
                replacements.add(new SlotBuffer(left.remove()));
            }
        }
        while (unmade > 0 && !left.isEmpty()) {
            free.add(new SlotBuffer(left.remove()));
            unmade--;
        }
    }

    /** A buffer of at least so many bytes, or null where all are in use. */
    @Nullable
    SlotBuffer acquire(int bytes) {
        SlotBuffer buffer = borrow(bytes);
        if (buffer != null || free.isEmpty()) {
            return buffer;
        }
        // Nobody installed larger ones first.
        SlotBuffer larger = new SlotBuffer(allocator.apply(bytes));
        free.remove();
        return larger;
    }

    /** A buffer of at least so many bytes, or null where those that are free are smaller, or none is. */
    @Nullable
    SlotBuffer borrow(int bytes) {
        SlotBuffer buffer = free.peek();
        if (buffer != null) {
            return buffer.bytes().capacity() >= bytes ? free.remove() : null;
        }
        if (unmade == 0) {
            return null;
        }
        SlotBuffer made = new SlotBuffer(allocator.apply(bytes));
        capacity = Math.max(capacity, bytes);
        unmade--;
        return made;
    }

    void release(SlotBuffer buffer) {
        if (buffer.bytes().capacity() < capacity && !replacements.isEmpty()) {
            free.push(replacements.remove());
        } else {
            free.push(buffer);
        }
    }
}
