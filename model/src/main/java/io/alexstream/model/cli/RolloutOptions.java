package io.alexstream.model.cli;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands share that send an update: the topics, and whether to wait for the jobs. */
final class RolloutOptions {

    /** Longer than the job's model.load-timeout of 5 min, after which it says REJECTED. */
    private static final String TIMEOUT = "6 min";

    /** A job answers with LOADING within its timer's 100 ms; this leaves room for a busy one. */
    private static final String GRACE = "10 s";

    @Option(
            names = "--updates-topic",
            paramLabel = "TOPIC",
            defaultValue = "model-updates",
            description = "Compacted topic of updates, made where it is not there. Default: ${DEFAULT-VALUE}.")
    private String updatesTopic = "model-updates";

    @Option(
            names = "--status-topic",
            paramLabel = "TOPIC",
            defaultValue = "model-status",
            description = "Where jobs report. Default: ${DEFAULT-VALUE}.")
    private String statusTopic = "model-status";

    @Option(
            names = "--wait",
            description = {
                "Wait until every subtask of every live job serves this very update (exit status 0), one refuses it, or the"
                        + " time is over (1, with what is missing).",
                "A job is live once it says anything of this update. One that is only known from earlier reports has --grace"
                        + " to answer, and is taken for gone after that if another has answered."
            })
    private boolean wait;

    @Option(
            names = "--wait-timeout",
            paramLabel = "D",
            defaultValue = TIMEOUT,
            description = "Longest time to wait. Default: ${DEFAULT-VALUE}.")
    private String waitTimeout = TIMEOUT;

    @Option(
            names = "--grace",
            paramLabel = "D",
            defaultValue = GRACE,
            description = "Time for jobs to answer that are known from before. Default: ${DEFAULT-VALUE}.")
    private String grace = GRACE;

    /** The options after their check. */
    record Checked(String updatesTopic, String statusTopic, boolean waits, Duration timeout, Duration grace) {

        /** For commands that always wait. */
        Checked waiting() {
            return new Checked(updatesTopic, statusTopic, true, timeout, grace);
        }
    }

    /** Adds what is wrong; use the answer only after {@link Problems#throwIfAny()}. */
    Checked check(Problems problems) {
        KafkaOptions.requireTopic("--updates-topic", updatesTopic, problems);
        KafkaOptions.requireTopic("--status-topic", statusTopic, problems);
        Duration timeout = problems.duration("--wait-timeout", waitTimeout);
        Duration patience = problems.duration("--grace", grace);
        return new Checked(updatesTopic, statusTopic, wait, orZero(timeout), orZero(patience));
    }

    private static Duration orZero(@Nullable Duration duration) {
        return Objects.requireNonNullElse(duration, Duration.ZERO);
    }
}
