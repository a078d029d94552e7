package io.alexstream.model.cli;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.publish.PackageLocation;
import io.alexstream.model.publish.PackageRepository;
import io.alexstream.model.publish.PublishException;
import io.alexstream.model.rollout.RollbackTarget;
import io.alexstream.model.rollout.StatusTopic;
import io.alexstream.model.rollout.UpdatesTopic;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamException;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.serving.ModelLoadException;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
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
            ModelRef ref = find(version, current, updates.history(current.name()));
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
            List<Integer> stored = PackageRepository.at(repositoryOf(current)).versions(current.name());
            previous = RollbackTarget.highestLower(current.version(), stored);
        }
        if (previous == null) {
            throw new PublishException("no version of " + current.name() + " lower than " + current.version()
                    + " has served, as far as topic " + statusTopic + " knows, or lies in " + repositoryOf(current)
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

    private static String repositoryOf(ModelUpdate current) {
        return PackageLocation.parent(PackageLocation.parent(current.uri()));
    }

    /** Where the version lies: where it was published last, as far as the compacted topic remembers, else beside the current. */
    private ModelRef find(int version, ModelUpdate current, List<PublishedUpdate> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            ModelUpdate old = Objects.requireNonNull(history.get(i).update());
            if (old.version() == version) {
                requireThere(old.modelRef());
                return old.modelRef();
            }
        }
        String uri = repositoryOf(current) + "/" + current.name() + "/" + version;
        ModelRef found = new ModelRepository().identify(uri);
        if (!found.name().equals(current.name()) || found.version() != version) {
            throw new PublishException("the package at " + uri + " calls itself " + found.name() + " " + found.version()
                    + "; it cannot be published as " + current.name() + " " + version);
        }
        return found;
    }

    private void requireThere(ModelRef expected) {
        ModelRef found;
        try {
            found = new ModelRepository().identify(expected.uri());
        } catch (ModelLoadException e) {
            if (e.isPermanent() && !isOutOfReach(e)) {
                throw e;
            }
            err.print("not looked at from here, the jobs will check it: " + e.getMessage());
            return;
        }
        if (!found.sha256().equals(expected.sha256())) {
            throw new PublishException("the package at " + expected.uri()
                    + " is not the one that was published as version " + expected.version()
                    + ": its manifest has another checksum; publish it as a new version");
        }
    }

    /** This machine may lack the store's plugin or rights; in an emergency that must not keep jobs from going back. */
    private static boolean isOutOfReach(ModelLoadException e) {
        return e.getCause() instanceof UnsupportedFileSystemSchemeException;
    }
}
