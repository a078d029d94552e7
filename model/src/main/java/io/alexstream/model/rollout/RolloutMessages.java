package io.alexstream.model.rollout;

import io.alexstream.model.rollout.SubtaskProgress.Stage;
import io.alexstream.model.terminal.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What came of a rollout, each in one line. Immutable. */
public final class RolloutMessages {

    /** More names are not read. */
    private static final int NAMED = 3;

    private final RolloutLines lines;

    public RolloutMessages(RolloutLines lines) {
        this.lines = lines;
    }

    /** All live jobs serve it. */
    public String active(Rollout rollout) {
        long subtasks = rollout.answered().stream()
                .mapToLong(job -> job.subtasks().size())
                .sum();
        String all = subtasks == 1 ? "the only subtask" : "all " + subtasks + " subtasks";
        return model(rollout) + " is active in " + all + " of "
                + count(rollout.answered().size(), "job")
                + (rollout.silent().isEmpty()
                        ? ""
                        : "; " + count(rollout.silent().size(), "job") + " did not answer and "
                                + (rollout.silent().size() == 1 ? "is" : "are") + " taken for gone: "
                                + heard(rollout.silent()));
    }

    /** A subtask refused it. */
    public String rejected(Rollout rollout) {
        for (JobProgress job : rollout.answered()) {
            for (SubtaskProgress subtask : job.subtasks()) {
                if (subtask.stage() == Stage.REJECTED) {
                    return Text.plain(job.label() + " subtask " + subtask.subtask() + " rejected " + model(rollout)
                            + ": " + subtask.reason());
                }
            }
        }
        throw new IllegalStateException("nothing was rejected");
    }

    /** The time is over, and something is missing. */
    public String missing(Rollout rollout, String updatesTopic, Duration waited) {
        if (rollout.answered().isEmpty()) {
            return "no job listens on " + updatesTopic + ": nothing answered " + model(rollout) + " within "
                    + seconds(waited) + " ("
                    + (rollout.silent().isEmpty()
                            ? "no job was ever heard of " + rollout.target().name()
                            : "last heard: " + heard(rollout.silent()))
                    + "); check the job's model-updates.topic and model.package";
        }
        List<String> missing = new ArrayList<>();
        for (JobProgress job : rollout.answered()) {
            job.subtasks().stream()
                    .filter(subtask -> subtask.stage() != Stage.ACTIVE)
                    .map(subtask -> Text.plain(job.label()) + " subtask " + subtask.subtask() + " is "
                            + subtask.stage().name())
                    .forEach(missing::add);
        }
        return "after " + seconds(waited) + " " + model(rollout) + " is not active everywhere: " + some(missing);
    }

    private String heard(List<JobProgress> jobs) {
        return some(jobs.stream()
                .map(job -> Text.plain(job.label()) + " at " + lines.time(job.lastHeard()))
                .toList());
    }

    private static String some(List<String> texts) {
        String named = texts.stream().limit(NAMED).collect(Collectors.joining(", "));
        return texts.size() > NAMED ? named + " and " + (texts.size() - NAMED) + " more" : named;
    }

    private static String model(Rollout rollout) {
        return rollout.target().name() + " " + rollout.target().version();
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
