package io.alexstream.model.rollout;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.PublishedUpdate;
import java.time.Duration;
import java.util.List;

/**
 * Which versions of one model serve where, and how they came there. Immutable but for the rollout in it, which nobody changes.
 *
 * @param rollout of the newest update, or of none; its silent jobs have said nothing since it was sent and may be gone
 * @param history oldest first
 */
public record ServingReport(String name, Rollout rollout, List<UpdateOutcome> history) {

    /**
     * Puts both topics together.
     *
     * @param updates of all models, oldest first
     * @param statuses of all models, oldest first
     */
    public static ServingReport of(String name, List<PublishedUpdate> updates, List<ModelStatus> statuses) {
        List<PublishedUpdate> own = updates.stream()
                .filter(published ->
                        published.update() != null && published.update().name().equals(name))
                .toList();
        List<ModelStatus> said =
                statuses.stream().filter(status -> status.name().equals(name)).toList();
        Target target = own.isEmpty() ? Target.none(name) : Target.of(own.get(own.size() - 1));
        Rollout rollout = new Rollout(target, Duration.ZERO);
        said.forEach(rollout::hear);
        return new ServingReport(name, rollout, UpdateOutcome.of(own, said));
    }

    /** The jobs to show: those that have answered the newest update; where there is none, all. */
    public List<JobProgress> jobs() {
        return rollout.target().position() == null ? rollout.silent() : rollout.answered();
    }

    /** The jobs that may be gone. */
    public List<JobProgress> silentJobs() {
        return rollout.target().position() == null ? List.of() : rollout.silent();
    }
}
