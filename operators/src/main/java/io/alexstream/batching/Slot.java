package io.alexstream.batching;

import java.nio.ByteBuffer;

/**
 * One element's place in a micro-batch. Confined to the thread that reserved it, which must call {@link #filled()} exactly
 * once, also where it failed to write: the batch waits for it.
 */
public final class Slot {

    private final ByteBuffer buffer;
    private final Runnable onFilled;

    Slot(ByteBuffer buffer, Runnable onFilled) {
        this.buffer = buffer;
        this.onFilled = onFilled;
    }

    /** Where to write: exactly the slot's bytes, from position 0. Not to be used after {@link #filled()}. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** The bytes are written, or will never be (what lies there then runs along, and its answer is thrown away). */
    public void filled() {
        onFilled.run();
    }
}
