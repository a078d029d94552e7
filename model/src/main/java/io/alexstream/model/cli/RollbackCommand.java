package io.alexstream.model.cli;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.publish.PackageRepository;
import io.alexstream.model.publish.PublishException;
import io.alexstream.model.rollout.RollbackTarget;
import io.alexstream.model.rollout.StatusTopic;
import io.alexstream.model.rollout.UpdatesTopic;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamException;
import io.alexstream.model.terminal.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model rollback}: an older version is published again. */
@Command(
        name = "rollback",
        description = {
            "Publishes an older version again: without --to the one that served last of those lower than the current, as the"
                    + " jobs have reported, else the highest lower one in the repository.",
            "The package must still lie where it was published, or beside the current one in the repository. With --wait"
                    + " only what jobs say of this very update counts."
        })
public final class RollbackCommand implements Callable<Integer>, ReportsUnknownOptions {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private KafkaOptions kafkaOptions = new KafkaOptions();

    @Mixin
    private RolloutOptions rolloutOptions = new RolloutOptions();

    @Option(names = "--name", paramLabel = "N", description = "The model's name. Required.")
    private @Nullable String name;

    @Option(names = "--to", paramLabel = "VERSION", description = "The version to go back to.")
    private @Nullable String to;

    private final Terminal out;
    private final Terminal err;

    public RollbackCommand() {
        this(Terminal.ofStdout(), Terminal.ofStderr());
    }

    /** The result goes to {@code out}, progress to {@code err}. */
    public RollbackCommand(Terminal out, Terminal err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems(spec);
        String model = PackageOptions.name(name, problems);
        Integer wanted = problems.integer("--to", to, 1, Integer.MAX_VALUE);
        KafkaAccess kafka = kafkaOptions.access(problems);
        RolloutOptions.Checked options = rolloutOptions.check(problems);
        problems.throwIfAny();
        kafka.requireTopics(
                options.waits()
                        ? Set.of(options.updatesTopic(), options.statusTopic())
                        : Set.of(options.updatesTopic()));
        try (UpdatesTopic updates = new UpdatesTopic(kafka, options.updatesTopic())) {
            ModelUpdate current = current(Objects.requireNonNull(model), updates, options.updatesTopic());
            int version = wanted == null ? previous(current, kafka, options.statusTopic()) : wanted;
            if (version == current.version()) {
                throw new PublishException(current.name() + " " + version
                        + " is the newest update already; give another version --to go to");
            }
            ModelRef ref = new OlderVersion(current, err).find(version, updates.history(current.name()));
            err.print("going back from version " + current.version() + " to " + version);
            return new UpdateSender(out, err, output.json(), options).send(kafka, updates, ref);
        }
    }

    private static ModelUpdate current(String model, UpdatesTopic updates, String topic) {
        PublishedUpdate newest = updates.newest(model);
        if (newest == null || newest.update() == null) {
            throw new PublishException("topic " + topic + " has no update of " + model
                    + ", so its jobs serve the package they were started with; 'model publish' gives them another");
        }
        return newest.update();
    }

    private int previous(ModelUpdate current, KafkaAccess kafka, String statusTopic) throws IOException {
        Integer previous = RollbackTarget.lastServed(current.version(), statuses(current.name(), kafka, statusTopic));
        if (previous == null) {
            List<Integer> stored =
                    PackageRepository.at(OlderVersion.repositoryOf(current)).versions(current.name());
            previous = RollbackTarget.highestLower(current.version(), stored);
        }
        if (previous == null) {
            throw new PublishException("no version of " + current.name() + " lower than " + current.version()
                    + " has served, as far as topic " + statusTopic + " knows, or lies in "
                    + OlderVersion.repositoryOf(current)
                    + "; name one with --to");
        }
        return previous;
    }

    private List<ModelStatus> statuses(String model, KafkaAccess kafka, String statusTopic) {
        try (StatusTopic status = new StatusTopic(kafka, statusTopic)) {
            return status.readToEnd().stream()
                    .filter(said -> said.name().equals(model))
                    .toList();
        } catch (StreamException e) {
            err.print(e.getMessage() + "; looking into the repository instead");
            return List.of();
        }
    }
}
