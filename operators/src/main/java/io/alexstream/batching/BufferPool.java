package io.alexstream.batching;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
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
    private final Deque<SlotBuffer> free = new ArrayDeque<>();
    private final List<SlotBuffer> inUse = new ArrayList<>();
    /** Larger ones that wait for a smaller one to come back. */
    private final Deque<SlotBuffer> replacements = new ArrayDeque<>();

    private int unmade;
    private int installed;

    BufferPool(int count, IntFunction<ByteBuffer> allocator) {
        this.allocator = allocator;
        this.unmade = count;
    }

    /** How many buffers of so many bytes have to be installed before every batch finds one. */
    int missing(int bytes) {
        long waiting = replacements.size() - smaller(replacements, bytes);
        return unmade + (int) Math.max(0, smaller(free, bytes) + smaller(inUse, bytes) - waiting);
    }

    private static long smaller(Collection<SlotBuffer> buffers, int bytes) {
        return buffers.stream().filter(buffer -> isSmaller(buffer, bytes)).count();
    }

    private static boolean isSmaller(SlotBuffer buffer, int bytes) {
        return buffer.bytes().capacity() < bytes;
    }

    /** Takes buffers over, as many as were {@link #missing}; those that are not needed any more are let go. */
    void install(List<ByteBuffer> made, int bytes) {
        installed = Math.max(installed, bytes);
        Deque<SlotBuffer> left = new ArrayDeque<>();
        made.forEach(buffer -> left.add(new SlotBuffer(buffer)));
        for (long i = smaller(free, bytes); i > 0 && !left.isEmpty(); i--) {
            free.removeFirstOccurrence(firstSmaller(bytes));
            free.add(left.remove());
        }
        replacements.removeIf(buffer -> isSmaller(buffer, bytes));
        for (long i = smaller(inUse, bytes) - replacements.size(); i > 0 && !left.isEmpty(); i--) {
            replacements.add(left.remove());
        }
        while (unmade > 0 && !left.isEmpty()) {
            free.add(left.remove());
            unmade--;
        }
    }

    private SlotBuffer firstSmaller(int bytes) {
        return free.stream()
                .filter(buffer -> isSmaller(buffer, bytes))
                .findFirst()
                .orElseThrow();
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
        inUse.add(larger);
        return larger;
    }

    /** A buffer of at least so many bytes, or null where those that are free are smaller, or none is. */
    @Nullable
    SlotBuffer borrow(int bytes) {
        for (SlotBuffer buffer : free) {
            if (!isSmaller(buffer, bytes)) {
                free.removeFirstOccurrence(buffer);
                inUse.add(buffer);
                return buffer;
            }
        }
        if (unmade == 0 || !free.isEmpty()) {
            return null;
        }
        SlotBuffer made = new SlotBuffer(allocator.apply(bytes));
        unmade--;
        inUse.add(made);
        return made;
    }

    void release(SlotBuffer buffer) {
        inUse.remove(buffer);
        if (isSmaller(buffer, installed) && !replacements.isEmpty()) {
            free.push(replacements.remove());
        } else {
            free.push(buffer);
        }
    }
}
