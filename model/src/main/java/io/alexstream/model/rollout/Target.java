package io.alexstream.model.rollout;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What statuses are held against: one update of one model. A version alone is not enough, since a rollback publishes an older
 * one again: its place in the topic decides.
 *
 * @param name of the model
 * @param version that is to be served, or null where nothing was published
 * @param position of the update, or null where nothing was published
 */
public record Target(String name, @Nullable Integer version, ModelStatus.@Nullable UpdatePosition position) {

    public static Target of(PublishedUpdate published) {
        ModelUpdate update = Objects.requireNonNull(published.update(), "update");
        return new Target(update.name(), update.version(), published.position());
    }

    /** No update: jobs serve what they were started with. */
    public static Target none(String name) {
        return new Target(name, null, null);
    }

    boolean isAnsweredBy(ModelStatus status) {
        // The version too: after a topic was made anew, old statuses name places that are others' now.
        return position != null && position.equals(status.update()) && Objects.equals(version, status.version());
    }

    boolean isOvertakenBy(ModelStatus status) {
        ModelStatus.UpdatePosition other = status.update();
        return position != null
                && other != null
                && other.partition() == position.partition()
                && other.offset() > position.offset();
    }
}
