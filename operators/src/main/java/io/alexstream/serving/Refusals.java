package io.alexstream.serving;

import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.contract.PublishedUpdate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was refused since a version was made current, for subtasks that begin later: the newest of each kind, since one does not
 * answer for another. Guarded by its owner's lock.
 */
final class Refusals {

    private @Nullable ModelEvent restored;
    private @Nullable ModelEvent unasked;
    private @Nullable ModelEvent newest;
    private final Set<PublishedUpdate> told = new HashSet<>();

    /** What was served before a restore cannot be any more. */
    void restored(ModelEvent event) {
        restored = event;
    }

    /** The newest update was refused. */
    void newest(ModelEvent event) {
        newest = event;
    }

    /** An update was refused for a reason that lies outside the process. */
    void unasked(ModelEvent event) {
        unasked = event;
    }

    /** Whether nobody has passed on this update before as one to be refused unasked; from now on somebody has. */
    boolean isNew(PublishedUpdate update) {
        return told.add(update);
    }

    /** Whether this update could have been served here, and was refused. */
    boolean contains(UpdatePosition update) {
        return Stream.of(restored, newest).anyMatch(event -> event != null && update.equals(event.update()));
    }

    /** Another version is current: they are of no interest any more. */
    void clear() {
        restored = null;
        unasked = null;
        newest = null;
    }

    /** The newest update's last. */
    List<ModelEvent> all() {
        return Stream.of(restored, unasked, newest).filter(Objects::nonNull).toList();
    }
}
