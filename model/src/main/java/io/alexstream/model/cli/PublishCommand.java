package io.alexstream.model.cli;

import io.alexstream.contract.ModelRef;
import io.alexstream.model.publish.CheckedPackage;
import io.alexstream.model.publish.PackageCheck;
import io.alexstream.model.publish.PackageRepository;
import io.alexstream.model.publish.WorkFolder;
import io.alexstream.model.rollout.TopicPreparation;
import io.alexstream.model.rollout.UpdatesTopic;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.terminal.Terminal;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model publish}: a package goes into the repository, and live in the jobs that follow its name. */
@Command(
        name = "publish",
        description = {
            "Checks a package (every checksum, and its golden frames on this machine), copies it into the repository as"
                    + " URI/<name>/<version>/, and tells running jobs to serve it from now on.",
            "It keeps its version where that is free and the highest in the repository, and gets the next free one else."
                    + " A package that lies in the repository already is not copied."
        })
public final class PublishCommand implements Callable<Integer>, ReportsUnknownOptions {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private KafkaOptions kafkaOptions = new KafkaOptions();

    @Mixin
    private RolloutOptions rolloutOptions = new RolloutOptions();

    @Option(
            names = "--package",
            paramLabel = "P",
            description = "The package: a folder <name>/<version> with a manifest.json, as path or URI. Required.")
    private @Nullable String packageLocation;

    @Option(
            names = "--repository",
            paramLabel = "URI",
            description = "Where jobs read packages: file:, s3:, hdfs: ..., or a path that they share. Required.")
    private @Nullable String repositoryLocation;

    @Option(
            names = "--force",
            description =
                    "Publish also a version that is not higher than the newest update's. To go back, 'rollback' is"
                            + " the command.")
    private boolean force;

    private final Terminal out;
    private final Terminal err;

    public PublishCommand() {
        this(Terminal.ofStdout(), Terminal.ofStderr());
    }

    /** The result goes to {@code out}, progress to {@code err}. */
    public PublishCommand(Terminal out, Terminal err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems(spec);
        String source = problems.location("--package", problems.required("--package", packageLocation));
        String target = problems.location("--repository", problems.required("--repository", repositoryLocation));
        if (source != null && target != null && (target + "/").startsWith(source + "/")) {
            problems.add("--repository must be the folder above <name>/<version>, and no part of the package, was '"
                    + repositoryLocation + "'");
        }
        KafkaAccess kafka = kafkaOptions.access(problems);
        RolloutOptions.Checked options = rolloutOptions.check(problems);
        problems.throwIfAny();
        PackageRepository repository = PackageRepository.at(Objects.requireNonNull(target));
        prepare(kafka, options);
        try (WorkFolder work = new WorkFolder();
                UpdatesTopic updates = new UpdatesTopic(kafka, options.updatesTopic())) {
            CheckedPackage checked =
                    PackageCheck.onCpu().check(Objects.requireNonNull(source), work.path(), new StepProgress(err));
            ModelRef ref = new Placement(repository, updates::newest, force, err)
                    .place(checked, checked.ref().version());
            if (ref.version() != checked.ref().version()) {
                err.print("version " + checked.ref().version()
                        + " is not free and the highest in the repository; it became version " + ref.version());
            }
            return new UpdateSender(out, err, output.json(), options).send(kafka, updates, ref);
        }
    }

    private void prepare(KafkaAccess kafka, RolloutOptions.Checked options) {
        if (TopicPreparation.prepare(kafka, options.updatesTopic())) {
            err.print("created topic " + options.updatesTopic() + " (one partition, compacted)");
        }
        if (options.waits()) {
            kafka.requireTopics(Set.of(options.statusTopic()));
        }
    }
}
