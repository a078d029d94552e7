package io.alexstream.model.rollout;

import io.alexstream.contract.ModelStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One update on its way through all jobs that follow the model: who serves it, who is missing. Time is passed in. Confined to
 * one thread.
 *
 * <p>No job sends a heartbeat, and a cancelled one leaves its last ACTIVE behind. So a job lives for certain once it says
 * anything of this update, and then every subtask must serve it. A job that is only known from before may be gone: it has the
 * grace time to answer, and is left out after that if another job has answered.
 */
public final class Rollout {

    /**
     * Jobs that are not known from before, since their statuses have expired, get this long to answer: far more than the timer of
     * the operator (100 ms) and Kafka take.
     */
    static final Duration SETTLE = Duration.ofSeconds(2);

    /** What may be concluded. */
    public enum Verdict {
        /** Something is missing. */
        WAITING,
        /** Every subtask of every live job serves the update. */
        ACTIVE,
        /** A subtask will not serve it. */
        REJECTED
    }

    private final Target target;
    private final Duration grace;
    private final Map<String, JobProgress> jobs = new LinkedHashMap<>();

    /** @param grace how long a job that is known from before has to answer */
    public Rollout(Target target, Duration grace) {
        this.target = target;
        this.grace = grace;
    }

    public Target target() {
        return target;
    }

    /** A status from before the update was sent. */
    public void remember(ModelStatus status) {
        take(status, false);
    }

    /** A status that came after the update was sent; also, for a look back, any status. */
    public void hear(ModelStatus status) {
        take(status, true);
    }

    private void take(ModelStatus status, boolean isAnswer) {
        if (status.name().equals(target.name()) && status.subtask() != null) {
            jobs.computeIfAbsent(JobProgress.keyOf(status), key -> new JobProgress(status))
                    .hear(status, target, isAnswer);
        }
    }

    /** @param sincePublished how long ago the update was sent */
    public Verdict verdict(Duration sincePublished) {
        List<JobProgress> live = answered();
        if (live.stream().anyMatch(job -> job.count(SubtaskProgress.Stage.REJECTED) > 0)) {
            return Verdict.REJECTED;
        }
        boolean complete = !live.isEmpty() && live.stream().allMatch(JobProgress::isComplete);
        Duration least = silent().isEmpty() || grace.compareTo(SETTLE) < 0 ? SETTLE : grace;
        return complete && sincePublished.compareTo(least) >= 0 ? Verdict.ACTIVE : Verdict.WAITING;
    }

    /** The jobs that live for certain. */
    public List<JobProgress> answered() {
        return jobs.values().stream().filter(JobProgress::hasAnswered).toList();
    }

    /** The jobs that were heard before and have said nothing of this update, the last heard first. */
    public List<JobProgress> silent() {
        List<JobProgress> silent = new ArrayList<>(
                jobs.values().stream().filter(job -> !job.hasAnswered()).toList());
        silent.sort((a, b) -> b.lastHeard().compareTo(a.lastHeard()));
        return silent;
    }
}
