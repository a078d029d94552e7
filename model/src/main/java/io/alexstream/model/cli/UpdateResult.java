package io.alexstream.model.cli;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.rollout.JobProgress;
import io.alexstream.model.rollout.Rollout;
import io.alexstream.model.rollout.SubtaskProgress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a command that sends an update prints for machines.
 *
 * @param outcome ACTIVE, REJECTED, TIMEOUT or INTERRUPTED; null where nobody waited
 * @param jobs those that answered, null where nobody waited
 */
record UpdateResult(
        String name,
        int version,
        String uri,
        String sha256,
        String topic,
        int partition,
        long offset,
        @Nullable String outcome,
        @Nullable List<Job> jobs) {

    /** One submission of a job. */
    record Job(String job, @Nullable String jobId, List<Subtask> subtasks) {

        static Job of(JobProgress progress) {
            return new Job(
                    progress.job(),
                    progress.jobId(),
                    progress.subtasks().stream().map(Subtask::of).toList());
        }
    }

    /**
     * One subtask.
     *
     * @param state WAITING, LOADING, ACTIVE or REJECTED, for the update in question
     * @param serves the version it serves, or null where it never said so
     */
    record Subtask(
            int subtask,
            String state,
            @Nullable Integer serves,
            @Nullable String executionProvider,
            @Nullable String host,
            @Nullable Long loadMillis,
            @Nullable Long warmUpMillis,
            @Nullable String since,
            @Nullable String reason) {

        static Subtask of(SubtaskProgress progress) {
            ModelStatus serves = progress.serves();
            return new Subtask(
                    progress.subtask(),
                    progress.stage().name(),
                    serves == null ? null : serves.version(),
                    serves == null ? null : serves.executionProvider(),
                    serves == null ? null : serves.host(),
                    serves == null ? null : serves.loadMillis(),
                    serves == null ? null : serves.warmUpMillis(),
                    serves == null ? null : serves.at().toString(),
                    progress.reason());
        }
    }

    static UpdateResult of(PublishedUpdate published, String topic) {
        ModelUpdate update = Objects.requireNonNull(published.update(), "update");
        return new UpdateResult(
                update.name(),
                update.version(),
                update.uri(),
                update.sha256(),
                topic,
                published.partition(),
                published.offset(),
                null,
                null);
    }

    UpdateResult with(RolloutWatch.Outcome ended, Rollout rollout) {
        return new UpdateResult(
                name,
                version,
                uri,
                sha256,
                topic,
                partition,
                offset,
                ended.name(),
                rollout.answered().stream().map(Job::of).toList());
    }
}
