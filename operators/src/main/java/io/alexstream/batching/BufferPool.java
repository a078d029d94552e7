package io.alexstream.batching;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of buffers, made when first needed and kept. A buffer that is too small for a batch (a model with larger
 * frames came) is replaced by a larger one. Not safe for concurrent use; guarded by the batcher's lock.
 */
final class BufferPool {

    private final IntFunction<ByteBuffer> allocator;
    private final Deque<SlotBuffer> free = new ArrayDeque<>();
    private int unmade;

    BufferPool(int count, IntFunction<ByteBuffer> allocator) {
        this.allocator = allocator;
        this.unmade = count;
    }

    /** Makes the buffers that are not made yet. */
    void prepare(int bytes) {
        while (unmade > 0) {
            free.add(new SlotBuffer(allocator.apply(bytes)));
            unmade--;
        }
    }

    /** A buffer of at least so many bytes, or null where all are in use. */
    @Nullable
    SlotBuffer acquire(int bytes) {
        SlotBuffer buffer = free.poll();
        if (buffer != null && buffer.bytes().capacity() >= bytes) {
            return buffer;
        }
        if (buffer == null) {
            if (unmade == 0) {
                return null;
            }
            unmade--;
        }
        try {
            return new SlotBuffer(allocator.apply(bytes));
        } catch (OutOfMemoryError e) {
            unmade++;
            throw e;
        }
    }

    void release(SlotBuffer buffer) {
        free.push(buffer);
    }
}
