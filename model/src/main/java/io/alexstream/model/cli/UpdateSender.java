package io.alexstream.model.cli;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.rollout.Rollout;
import io.alexstream.model.rollout.RolloutLines;
import io.alexstream.model.rollout.RolloutMessages;
import io.alexstream.model.rollout.StatusTopic;
import io.alexstream.model.rollout.Target;
import io.alexstream.model.rollout.UpdatesTopic;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamException;
import io.alexstream.model.terminal.Terminal;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Sends an update and, where asked, waits for the jobs: the end of {@code publish} and of {@code rollback}. */
final class UpdateSender {

    private final Terminal out;
    private final Terminal err;
    private final boolean json;
    private final RolloutOptions.Checked options;
    private final InstantSource clock = InstantSource.system();

    UpdateSender(Terminal out, Terminal err, boolean json, RolloutOptions.Checked options) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.options = options;
    }

    /** The command's exit status. */
    int send(KafkaAccess kafka, UpdatesTopic updates, ModelRef ref) {
        ModelUpdate update = new ModelUpdate(
                ref.name(),
                ref.version(),
                ref.uri(),
                ref.sha256(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (!options.waits()) {
            UpdateResult result = UpdateResult.of(sent(updates, update), options.updatesTopic());
            announce(result);
            printJson(result);
            return 0;
        }
        try (StatusTopic status = new StatusTopic(kafka, options.statusTopic());
                InterruptHook hook = new InterruptHook(status::stop)) {
            // Read before the update is sent, so that no answer can hide among what is old.
            List<ModelStatus> before = status.readToEnd();
            PublishedUpdate published = sent(updates, update);
            Rollout rollout = new Rollout(Target.of(published), options.grace());
            before.forEach(rollout::remember);
            UpdateResult result = UpdateResult.of(published, options.updatesTopic());
            announce(result);
            return follow(rollout, status, result);
        }
    }

    /** Waits for the jobs to answer an update that lies in the topic already; the result is the command's exit status. */
    int await(KafkaAccess kafka, PublishedUpdate published) {
        try (StatusTopic status = new StatusTopic(kafka, options.statusTopic());
                InterruptHook hook = new InterruptHook(status::stop)) {
            Rollout rollout = new Rollout(Target.of(published), options.grace());
            status.readToEnd().forEach(rollout::hear);
            UpdateResult result = UpdateResult.of(published, options.updatesTopic());
            announce(result);
            return follow(rollout, status, result);
        }
    }

    private static PublishedUpdate sent(UpdatesTopic updates, ModelUpdate update) {
        try {
            return updates.send(update);
        } catch (StreamException e) {
            throw new StreamException(
                    e.getMessage() + "; the package lies at " + update.uri()
                            + ": 'model publish --package' with that tries again without another copy",
                    e);
        }
    }

    private int follow(Rollout rollout, StatusTopic status, UpdateResult result) {
        RolloutLines lines = new RolloutLines(err, ZoneId.systemDefault());
        RolloutMessages messages = new RolloutMessages(lines);
        RolloutWatch.Outcome outcome = new RolloutWatch(err, lines).follow(rollout, status, options.timeout());
        printJson(result.with(outcome, rollout));
        switch (outcome) {
            case ACTIVE -> {
                if (!json) {
                    out.print(messages.active(rollout));
                }
            }
            case REJECTED -> err.print(messages.rejected(rollout));
            case TIMEOUT -> err.print(messages.missing(rollout, options.updatesTopic(), options.timeout()));
            case INTERRUPTED -> err.print("stopped waiting; the update stays published");
        }
        return outcome == RolloutWatch.Outcome.ACTIVE ? 0 : 1;
    }

    private void announce(UpdateResult result) {
        if (!json) {
            out.print("published " + result.name() + " " + result.version() + " at " + result.topic() + "-"
                    + result.partition() + "-" + result.offset());
            out.print("uri     " + result.uri());
            out.print("sha256  " + result.sha256());
        }
    }

    private void printJson(UpdateResult result) {
        if (json) {
            out.print(Json.toBytes(result));
        }
    }
}
