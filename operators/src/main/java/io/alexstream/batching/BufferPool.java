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
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private int unmade;

    BufferPool(int count, IntFunction<ByteBuffer> allocator) {
        this.allocator = allocator;
        this.unmade = count;
    }

    /** Makes the buffers that are not made yet. */
    void prepare(int bytes) {
        while (unmade > 0) {
            free.add(allocator.apply(bytes));
            unmade--;
        }
    }

    /** A buffer of at least so many bytes, or null where all are in use. */
    @Nullable
    ByteBuffer acquire(int bytes) {
        ByteBuffer buffer = free.poll();
        if (buffer != null && buffer.capacity() >= bytes) {
            return buffer;
        }
        if (buffer == null) {
            if (unmade == 0) {
                return null;
            }
            unmade--;
        }
        try {
            return allocator.apply(bytes);
        } catch (OutOfMemoryError e) {
            unmade++;
            throw e;
        }
    }

    void release(ByteBuffer buffer) {
        free.push(buffer);
    }
}
