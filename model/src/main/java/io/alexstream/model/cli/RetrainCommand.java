package io.alexstream.model.cli;

import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.model.publish.PackageRepository;
import io.alexstream.model.retrain.BaseFinder;
import io.alexstream.model.retrain.CandidateTrainer;
import io.alexstream.model.retrain.Comparison;
import io.alexstream.model.retrain.EveryInterval;
import io.alexstream.model.retrain.EveryLabels;
import io.alexstream.model.retrain.Gate;
import io.alexstream.model.retrain.Patience;
import io.alexstream.model.retrain.RetrainLoop;
import io.alexstream.model.retrain.RetrainRound;
import io.alexstream.model.retrain.RoundOutcome;
import io.alexstream.model.retrain.StopSignal;
import io.alexstream.model.retrain.Trigger;
import io.alexstream.model.rollout.TopicPreparation;
import io.alexstream.model.rollout.TrainerStatus;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.TopicExtent;
import io.alexstream.model.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model retrain}: labels become a better version of what is served, and that goes live; once, or for ever. */
@Command(
        name = "retrain",
        description = {
            "Trains from the served version (the newest update; before the first one, the highest version in the repository) on the"
                    + " labels, compares both on held-out images, and publishes the new one, if it is better, as the next version.",
            "Exit status 0 where every job serves the new version, 1 where it was refused or failed. Refusals are reported on the"
                    + " status topic too, with their figures. With --every or --every-labels it goes on until Ctrl-C or TERM."
        })
public final class RetrainCommand implements Callable<Integer>, ReportsUnknownOptions {

    /** A restart of brokers, one after the other, takes minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** A round that failed costs a training: not at once again. */
    private static final Duration RETRY = Duration.ofMinutes(5);

    /** A step of training, some batches of comparison or writing a package may have to end first. */
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private KafkaOptions kafkaOptions = new KafkaOptions();

    @Mixin
    private RolloutOptions rolloutOptions = new RolloutOptions();

    @Mixin
    private RoundLabelOptions labelOptions = new RoundLabelOptions();

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @Mixin
    private RetrainRules rules = new RetrainRules();

    @Option(
            names = {"--name", "--model"},
            paramLabel = "N",
            description = "The model's name. Required.")
    private @Nullable String name;

    @Option(
            names = "--repository",
            paramLabel = "URI",
            description = "Where jobs read packages: file:, s3:, hdfs: ..., or a path that they share. Required.")
    private @Nullable String repositoryLocation;

    private final Terminal out;
    private final Terminal err;
    private final @Nullable CandidateTrainer trainer;

    public RetrainCommand() {
        this(Terminal.ofStdout(), Terminal.ofStderr(), null);
    }

    /**
     * What comes of rounds goes to {@code out}, progress to {@code err}.
     *
     * @param trainer in place of libtorch's, or null
     */
    public RetrainCommand(Terminal out, Terminal err, @Nullable CandidateTrainer trainer) {
        this.out = out;
        this.err = err;
        this.trainer = trainer;
    }

    /** All options after their check. */
    private record Asked(
            String name,
            String repository,
            KafkaAccess kafka,
            RolloutOptions.Checked rollout,
            RoundLabelOptions.Checked labels,
            RecipeOptions.Asked recipe,
            RetrainRules.Checked rules) {}

    @Override
    public Integer call() throws IOException {
        Asked asked = read();
        requireTopics(asked);
        boolean isOnce = asked.rules().isOnce();
        RoundReport report = new RoundReport(out, err, output.json(), asked.name(), !isOnce, InstantSource.system());
        StopSignal stop = new StopSignal();
        RetrainRound round = round(asked, report, stop);
        try (InterruptHook hook = new InterruptHook(stop::stop, STOP_PATIENCE)) {
            if (!isOnce) {
                new RetrainLoop(trigger(asked, report), round, report, stop).run();
                report.say("stopped");
                return 0;
            }
            RoundOutcome outcome = round.run();
            report.ended(outcome);
            return outcome.kind() == RoundOutcome.Kind.ACTIVE ? 0 : 1;
        }
    }

    private Asked read() {
        Problems problems = new Problems(spec);
        String model = PackageOptions.name(name, problems);
        String target = problems.location("--repository", problems.required("--repository", repositoryLocation));
        Asked asked = new Asked(
                Objects.requireNonNullElse(model, ""),
                Objects.requireNonNullElse(target, ""),
                kafkaOptions.access(problems),
                rolloutOptions.check(problems).waiting(),
                labelOptions.check(problems),
                recipe.read(problems),
                rules.check(problems));
        problems.throwIfAny();
        return asked;
    }

    /** What is wrong with them is said at once, not after hours. */
    private void requireTopics(Asked asked) {
        asked.kafka()
                .requireTopics(Set.of(asked.labels().topic(), asked.rollout().statusTopic()));
        if (TopicPreparation.prepare(asked.kafka(), asked.rollout().updatesTopic())) {
            err.print("created topic " + asked.rollout().updatesTopic() + " (one partition, compacted)");
        }
    }

    private RetrainRound round(Asked asked, RoundReport report, StopSignal stop) {
        PackageRepository repository = PackageRepository.at(asked.repository());
        OnnxSessionFactory sessions =
                new OnnxSessionFactory(SessionOptions.cpu(asked.recipe().threads()));
        Patience patience = new Patience(PATIENCE, PAUSE, System::nanoTime, stop, report::say);
        KafkaAccess kafka = asked.kafka();
        StepProgress comparing = new StepProgress(err);
        return new RetrainRound(
                new RetrainRound.Parts(
                        new BaseFinder(
                                kafka,
                                asked.rollout().updatesTopic(),
                                asked.rollout().statusTopic(),
                                repository,
                                asked.name()),
                        asked.labels().labels(kafka),
                        asked.labels().heldOut(),
                        asked.labels().minClassImages(),
                        trainer != null ? trainer : trainer(asked, sessions),
                        new Comparison(
                                sessions,
                                asked.recipe().threads(),
                                (done, total) -> comparing.report("comparing both versions", done, total)),
                        new Gate(asked.rules().minGain(), asked.rules().maxClassDrop()),
                        new RoundShipment(kafka, asked.rollout(), repository, patience, err),
                        new TrainerStatus(kafka, asked.rollout().statusTopic(), InstantSource.system())),
                patience,
                stop,
                report::say);
    }

    private RoundTrainer trainer(Asked asked, OnnxSessionFactory sessions) {
        return new RoundTrainer(
                asked.recipe(),
                asked.labels().maxBad(),
                asked.labels().minClassImages(),
                sessions,
                asked.rules().progressEvery(),
                err);
    }

    private static Trigger trigger(Asked asked, RoundReport report) {
        Duration every = asked.rules().every();
        return every != null
                ? new EveryInterval(every, System::nanoTime)
                : new EveryLabels(
                        asked.rules().everyLabels(),
                        () -> TopicExtent.of(asked.kafka(), asked.labels().topic()),
                        PAUSE,
                        RETRY,
                        report::say);
    }
}
