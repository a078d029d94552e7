package io.alexstream.model.retrain;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.contract.PublishedUpdate;
import org.jspecify.annotations.Nullable;

/**
 * What is served, and so what a round begins with. Immutable.
 *
 * @param ref of the package
 * @param position of the newest update, or null where nothing was ever published
 */
public record Base(ModelRef ref, @Nullable UpdatePosition position) {

    /** Whether nothing was published since. */
    public boolean isNewest(@Nullable PublishedUpdate newest) {
        return newest == null ? position == null : newest.position().equals(position);
    }
}
