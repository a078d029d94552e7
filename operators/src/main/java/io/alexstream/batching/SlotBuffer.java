package io.alexstream.batching;

import java.nio.ByteBuffer;

/**
 * A buffer and the slots that it is divided into, kept from batch to batch. Not safe for concurrent use; guarded by the
 * batcher's lock.
 */
final class SlotBuffer {

    private final ByteBuffer bytes;
    private Slot[] slots = {};
    private int slotBytes;

    SlotBuffer(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Divides the buffer anew where it is not divided so already. */
    void divide(int count, int newSlotBytes) {
        if (slots.length == count && slotBytes == newSlotBytes) {
            return;
        }
        slots = new Slot[count];
        slotBytes = newSlotBytes;
        for (int i = 0; i < count; i++) {
            slots[i] = new Slot(bytes.slice(i * slotBytes, slotBytes));
        }
    }

    int slots() {
        return slots.length;
    }

    Slot slot(int index) {
        return slots[index];
    }

    ByteBuffer bytes() {
        return bytes;
    }
}
