package io.alexstream.model.rollout;

import io.alexstream.contract.ModelStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One submission of a job and one update: what its subtasks said. Confined to one thread. */
public final class JobProgress {

    /** Flink's own limit; what lies beyond it was not written by a job. */
    private static final int MAX_PARALLELISM = 32_768;

    private final String job;
    private final @Nullable String jobId;
    private final TreeMap<Integer, SubtaskProgress> subtasks = new TreeMap<>();
    private @Nullable Integer parallelism;
    private Instant lastHeard;
    private boolean answered;

    JobProgress(ModelStatus first) {
        job = first.job();
        jobId = first.jobId();
        lastHeard = first.at();
    }

    /** Submissions are told apart by Flink's id; a name can come again. */
    static String keyOf(ModelStatus status) {
        return status.jobId() == null ? "name:" + status.job() : "id:" + status.jobId();
    }

    /**
     * Takes a status.
     *
     * @param isAnswer false for what was said before the update was sent; it cannot be about it
     */
    void hear(ModelStatus status, Target target, boolean isAnswer) {
        Integer subtask = status.subtask();
        if (subtask == null) {
            return; // a trainer's
        }
        Integer told = status.parallelism();
        if (subtask < 0 || subtask >= MAX_PARALLELISM || (told != null && (told < 1 || told > MAX_PARALLELISM))) {
            return; // no job's
        }
        if (status.at().isAfter(lastHeard)) {
            lastHeard = status.at();
        }
        if (told != null && !told.equals(parallelism)) {
            parallelism = told;
            subtasks.tailMap(told, true).clear(); // the job has been scaled down
        }
        answered |= isAnswer && (target.isAnsweredBy(status) || target.isOvertakenBy(status));
        Target held = isAnswer ? target : Target.none(target.name());
        subtasks.merge(
                subtask,
                SubtaskProgress.unheard(subtask).after(status, held),
                (before, ignored) -> before.after(status, held));
    }

    public String job() {
        return job;
    }

    public @Nullable String jobId() {
        return jobId;
    }

    public Instant lastHeard() {
        return lastHeard;
    }

    /** Whether it lives for certain: it has said something of this update. */
    public boolean hasAnswered() {
        return answered;
    }

    /** Every subtask, also those that were never heard. */
    public List<SubtaskProgress> subtasks() {
        int count = parallelism != null ? parallelism : subtasks.isEmpty() ? 0 : subtasks.lastKey() + 1;
        List<SubtaskProgress> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(subtasks.getOrDefault(i, SubtaskProgress.unheard(i)));
        }
        return all;
    }

    /** How many subtasks are at that stage. */
    public long count(SubtaskProgress.Stage stage) {
        return subtasks().stream().filter(subtask -> subtask.stage() == stage).count();
    }

    boolean isComplete() {
        return answered && count(SubtaskProgress.Stage.ACTIVE) == subtasks().size();
    }

    /** {@code alexstream 6d1f0c0a}, short enough for a line and long enough to be found in Flink's web page. */
    public String label() {
        return jobId == null ? job : job + " " + jobId.substring(0, Math.min(8, jobId.length()));
    }
}
