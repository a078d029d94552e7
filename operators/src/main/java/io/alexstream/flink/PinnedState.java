package io.alexstream.flink;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.serving.ServedVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a subtask remembers of versions in a checkpoint. Public because Flink's serialiser makes it by reflection; nobody else
 * need use it.
 *
 * @param active what it stamps elements with
 * @param activeSince the update that asked for it, or null where {@code model.package} did
 * @param latest the newest update of its model that it has read, served or not, or null before the first
 */
public record PinnedState(
        ModelRef active,
        @Nullable UpdatePosition activeSince,
        @Nullable PublishedUpdate latest) {

    /**
     * What all subtasks together remember: the newest of each, since some read on further than others, and after a change of
     * parallelism nobody has a memory of its own. Null where there is none.
     */
    static @Nullable PinnedState newest(Iterable<PinnedState> all) {
        PinnedState newest = null;
        for (PinnedState state : all) {
            newest = newest == null ? state : newest.with(state);
        }
        return newest;
    }

    private PinnedState with(PinnedState other) {
        PinnedState further = offset(other.activeSince) > offset(activeSince) ? other : this;
        PublishedUpdate later = offset(other.latest) > offset(latest) ? other.latest : latest;
        return new PinnedState(further.active, further.activeSince, later);
    }

    ServedVersion version() {
        return new ServedVersion(active, activeSince);
    }

    private static long offset(@Nullable UpdatePosition position) {
        return position == null ? -1 : position.offset();
    }

    private static long offset(@Nullable PublishedUpdate update) {
        return update == null ? -1 : update.offset();
    }
}
