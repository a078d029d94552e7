package io.alexstream.contract;

import org.jspecify.annotations.Nullable;

/**
 * One record of the topic {@code model-updates} and where it lies in it. Later offsets win; the position is what a {@link
 * ModelStatus} answers.
 *
 * @param partition of the topic, 0 where it has one as it should
 * @param offset in the partition, rising
 * @param update what is to be served, or null where the record held none (a tombstone, or what is not an update); it is
 *     passed on all the same, since its offset says how far the topic has been read
 */
public record PublishedUpdate(
        int partition, long offset, @Nullable ModelUpdate update) {

    /** Its place, as a status names it. */
    public ModelStatus.UpdatePosition position() {
        return new ModelStatus.UpdatePosition(partition, offset);
    }
}
