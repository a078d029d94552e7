package io.alexstream.batching;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One element's place in a micro-batch. Confined to the thread that reserved it, which must call {@link #filled()} exactly
 * once, also where it failed to write: the batch waits for it. From then on it may be another element's: a buffer's slots are
 * made once, so that an element takes no memory.
 */
public final class Slot {

    private final ByteBuffer buffer;
    private @Nullable MicroBatcher<?, ?> batcher;
    private @Nullable MicroBatch<?, ?> batch;

    Slot(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Gives the place to an element of this batch. Under the batcher's lock, as is {@link MicroBatcher#filled}. */
    Slot reservedIn(MicroBatcher<?, ?> newBatcher, MicroBatch<?, ?> newBatch) {
        batcher = newBatcher;
        batch = newBatch;
        buffer.clear();
        return this;
    }

    /** Where to write: exactly the slot's bytes, from position 0. Not to be used after {@link #filled()}. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /**
     * The bytes are written, or will never be (what lies there then runs along, and its answer is thrown away).
     *
     * @throws IllegalStateException where it was called before
     */
    public void filled() {
        MicroBatch<?, ?> reserved = batch;
        MicroBatcher<?, ?> owner = batcher;
        if (reserved == null || owner == null) {
            throw new IllegalStateException("the slot is filled already");
        }
        // Before the batcher knows: a moment later the slot may be another thread's.
        batch = null;
        owner.filled(reserved);
    }
}
