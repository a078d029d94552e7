package io.alexstream.contract;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of the topic {@code model-status}: what became of a model version in one subtask of a job, or why the trainer
 * refused it (subtask and host are null then).
 */
public record ModelStatus(
        String job,
        @Nullable String jobId,
        @Nullable UpdatePosition update,
        String name,
        int version,
        State state,
        @Nullable Integer subtask,
        @Nullable Integer parallelism,
        @Nullable String host,
        @Nullable String executionProvider,
        @Nullable Long loadMillis,
        @Nullable Long warmUpMillis,
        @Nullable String reason,
        Instant at) {

    public ModelStatus {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(at, "at");
    }

    /** Which record of {@code model-updates} this answers. */
    public record UpdatePosition(int partition, long offset) {}

    /** The life of a model version in a subtask. */
    public enum State {
        LOADING,
        ACTIVE,
        REJECTED,
        RETIRED
    }
}
