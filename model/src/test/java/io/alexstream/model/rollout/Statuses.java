package io.alexstream.model.rollout;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Statuses of a job for tests, each a second after the one before. */
final class Statuses {

    static final Instant START = Instant.parse("2026-11-23T10:15:30Z");

    private final String jobId;
    private final int parallelism;
    private int second;

    Statuses(String jobId, int parallelism) {
        this.jobId = jobId;
        this.parallelism = parallelism;
    }

    ModelStatus active(int subtask, int version, @Nullable Integer offset) {
        return of(State.ACTIVE, subtask, version, offset, null);
    }

    ModelStatus loading(int subtask, int version, int offset) {
        return of(State.LOADING, subtask, version, offset, null);
    }

    ModelStatus rejected(int subtask, int version, int offset, String reason) {
        return of(State.REJECTED, subtask, version, offset, reason);
    }

    ModelStatus retired(int subtask, int version, @Nullable Integer offset) {
        return of(State.RETIRED, subtask, version, offset, null);
    }

    private ModelStatus of(State state, int subtask, int version, @Nullable Integer offset, @Nullable String reason) {
        boolean active = state == State.ACTIVE;
        return new ModelStatus(
                "alexstream",
                jobId,
                offset == null ? null : new UpdatePosition(0, offset),
                "alexnet",
                version,
                state,
                subtask,
                parallelism,
                "worker-" + subtask,
                active ? "CPU" : null,
                active ? 330L : null,
                active ? 120L : null,
                reason,
                START.plusSeconds(second++));
    }
}
