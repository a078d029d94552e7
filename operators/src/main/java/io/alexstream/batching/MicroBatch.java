package io.alexstream.batching;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Elements that run together, and the buffer that holds their slots one after another. All of one key.
 *
 * <p>Guarded by the batcher's lock until {@link MicroBatcher#take()} hands it out; then confined to the thread that took it,
 * until {@link MicroBatcher#release}.
 *
 * @param <K> what a batch never mixes
 * @param <E> the element
 */
public final class MicroBatch<K, E> {

    private final K key;
    private final SlotBuffer slots;
    private final long openedAt;
    private final List<E> elements;
    private CloseReason closeReason = CloseReason.FULL;
    private int unfilled;

    MicroBatch(K key, SlotBuffer slots, long openedAt) {
        this.key = key;
        this.slots = slots;
        this.elements = new ArrayList<>(slots.slots());
        this.openedAt = openedAt;
    }

    /** What all its elements have in common. */
    public K key() {
        return key;
    }

    /** In the order in which their slots lie in the buffer. */
    public List<E> elements() {
        return Collections.unmodifiableList(elements);
    }

    public int size() {
        return elements.size();
    }

    /** The slots, from position 0, without gaps. Owned by the batcher; not to be used after {@link MicroBatcher#release}. */
    public ByteBuffer buffer() {
        return slots.bytes();
    }

    public CloseReason closeReason() {
        return closeReason;
    }

    SlotBuffer slots() {
        return slots;
    }

    Slot add(E element) {
        Slot slot = slots.slot(elements.size());
        elements.add(element);
        unfilled++;
        return slot;
    }

    void filled() {
        unfilled--;
    }

    boolean isFilled() {
        return unfilled == 0;
    }

    long openedAt() {
        return openedAt;
    }

    void close(CloseReason reason) {
        closeReason = reason;
    }
}
