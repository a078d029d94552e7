package io.alexstream.model.cli;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.rollout.ServingLines;
import io.alexstream.model.rollout.ServingReport;
import io.alexstream.model.rollout.StatusTopic;
import io.alexstream.model.rollout.UpdatesTopic;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.terminal.Terminal;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model status}: which versions serve where. */
@Command(
        name = "status",
        description = {
            "Shows which version of a model each subtask of each job serves, and the updates so far.",
            "Jobs send no heartbeat: one that has said nothing of the newest update is listed as silent, and may be gone."
        })
public final class StatusCommand implements Callable<Integer>, ReportsUnknownOptions {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private KafkaOptions kafkaOptions = new KafkaOptions();

    @Option(names = "--name", paramLabel = "N", description = "Only this model. Default: all.")
    private @Nullable String name;

    @Option(
            names = "--updates-topic",
            paramLabel = "TOPIC",
            defaultValue = "model-updates",
            description = "Compacted topic of updates. Default: ${DEFAULT-VALUE}.")
    private String updatesTopic = "model-updates";

    @Option(
            names = "--status-topic",
            paramLabel = "TOPIC",
            defaultValue = "model-status",
            description = "Where jobs report. Default: ${DEFAULT-VALUE}.")
    private String statusTopic = "model-status";

    private final Terminal out;

    public StatusCommand() {
        this(Terminal.ofStdout());
    }

    /** The result goes to {@code out}. */
    public StatusCommand(Terminal out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Problems problems = new Problems(spec);
        String only = name == null ? null : PackageOptions.name(name, problems);
        KafkaAccess kafka = kafkaOptions.access(problems);
        KafkaOptions.requireTopic("--updates-topic", updatesTopic, problems);
        KafkaOptions.requireTopic("--status-topic", statusTopic, problems);
        problems.throwIfAny();
        kafka.requireTopics(Set.of(updatesTopic, statusTopic));
        try (UpdatesTopic updates = new UpdatesTopic(kafka, updatesTopic);
                StatusTopic status = new StatusTopic(kafka, statusTopic)) {
            report(only, updates.history(), status.readToEnd());
        }
        return 0;
    }

    private void report(@Nullable String only, List<PublishedUpdate> updates, List<ModelStatus> statuses) {
        List<ServingReport> reports = names(only, updates, statuses).stream()
                .map(model -> ServingReport.of(model, updates, statuses))
                .toList();
        if (output.json()) {
            out.print(Json.toBytes(StatusResult.of(reports)));
            return;
        }
        if (reports.isEmpty()) {
            out.print("nothing was published to " + updatesTopic + ", and no job has reported to " + statusTopic);
        }
        ServingLines lines = new ServingLines(out.isInteractive() ? out.columns() : 0, ZoneId.systemDefault());
        reports.forEach(report -> lines.lines(report).forEach(out::print));
    }

    private static Set<String> names(@Nullable String only, List<PublishedUpdate> updates, List<ModelStatus> statuses) {
        if (only != null) {
            return Set.of(only);
        }
        Set<String> names = new TreeSet<>();
        for (PublishedUpdate published : updates) {
            ModelUpdate update = published.update();
            if (update != null) {
                names.add(update.name());
            }
        }
        statuses.forEach(status -> names.add(status.name()));
        return names;
    }
}
