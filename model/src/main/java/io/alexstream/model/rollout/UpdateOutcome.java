package io.alexstream.model.rollout;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One update of the past and what subtasks made of it, as far as the two topics remember.
 *
 * @param uri where its package lay, or null where the compacted topic has forgotten the update
 * @param publishedAt null likewise
 * @param active how many subtasks have served it
 * @param rejected how many have refused it
 * @param reason of the last refusal, or null
 */
public record UpdateOutcome(
        int partition,
        long offset,
        int version,
        @Nullable String uri,
        @Nullable Instant publishedAt,
        int active,
        int rejected,
        @Nullable String reason) {

    private record Key(long offset, int partition, int version) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byOffset = Long.compare(offset, other.offset);
            int byPartition = byOffset != 0 ? byOffset : Integer.compare(partition, other.partition);
            return byPartition != 0 ? byPartition : Integer.compare(version, other.version);
        }
    }

    /** What is known of one update so far. */
    private static final class Told {
        private @Nullable ModelUpdate update;
        private final Set<String> active = new HashSet<>();
        private final Set<String> rejected = new HashSet<>();
        private @Nullable String reason;
    }

    /**
     * Puts both topics together.
     *
     * @param updates of one model
     * @param statuses of the same model
     * @return oldest first
     */
    public static List<UpdateOutcome> of(List<PublishedUpdate> updates, List<ModelStatus> statuses) {
        TreeMap<Key, Told> told = new TreeMap<>();
        for (PublishedUpdate published : updates) {
            ModelUpdate update = Objects.requireNonNull(published.update(), "update");
            told.computeIfAbsent(new Key(published.offset(), published.partition(), update.version()), k -> new Told())
                    .update = update;
        }
        for (ModelStatus status : statuses) {
            UpdatePosition position = status.update();
            if (position != null && status.subtask() != null) {
                hear(
                        status,
                        told.computeIfAbsent(
                                new Key(position.offset(), position.partition(), status.version()), k -> new Told()));
            }
        }
        List<UpdateOutcome> outcomes = new ArrayList<>();
        told.forEach((key, said) -> outcomes.add(of(key, said)));
        return outcomes;
    }

    private static void hear(ModelStatus status, Told told) {
        String who = JobProgress.keyOf(status) + "#" + status.subtask();
        if (status.state() == ModelStatus.State.ACTIVE) {
            told.active.add(who);
        } else if (status.state() == ModelStatus.State.REJECTED) {
            told.rejected.add(who);
            told.reason = status.reason();
        }
    }

    private static UpdateOutcome of(Key key, Told told) {
        ModelUpdate update = told.update;
        return new UpdateOutcome(
                key.partition(),
                key.offset(),
                key.version(),
                update == null ? null : update.uri(),
                update == null ? null : update.publishedAt(),
                told.active.size(),
                told.rejected.size(),
                told.reason);
    }
}
