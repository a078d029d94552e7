package io.alexstream.serving;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import org.jspecify.annotations.Nullable;

/**
 * What is served, and since which update.
 *
 * @param model which version
 * @param update the record that asked for it; null where the job's own option did
 */
public record ServedVersion(ModelRef model, @Nullable UpdatePosition update) {

    /** Whether another update came after the one that asked for this version. */
    boolean isBefore(UpdatePosition other) {
        return update == null || isBefore(update, other);
    }

    /** The topic has one partition, so that offsets tell the order; a topic that was made anew would have to begin again. */
    static boolean isBefore(UpdatePosition one, UpdatePosition other) {
        return one.offset() < other.offset();
    }
}
