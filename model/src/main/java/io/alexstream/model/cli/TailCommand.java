package io.alexstream.model.cli;

import io.alexstream.model.stream.EventJson;
import io.alexstream.model.stream.EventLines;
import io.alexstream.model.stream.EventReader;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamEvent;
import io.alexstream.model.terminal.Terminal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model tail}: follows what the job says. */
@Command(
        name = "tail",
        description =
                "Follows classifications and dead letters, a line each, until it is stopped with Ctrl-C. With --json a"
                        + " line is an object: a classification as it is, a dead letter with 'reason', 'message' and 'input'.")
public final class TailCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(500);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private KafkaOptions kafkaOptions = new KafkaOptions();

    @Option(names = "--from-beginning", description = "Begin with the oldest event, not with the next one.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "End after N events.")
    private @Nullable String max;

    @Option(
            names = "--classifications-topic",
            defaultValue = "classifications",
            paramLabel = "TOPIC",
            description = "Where classifications come from. Default: ${DEFAULT-VALUE}.")
    private String classificationsTopic = "classifications";

    @Option(
            names = "--dead-letters-topic",
            defaultValue = "dead-letters",
            paramLabel = "TOPIC",
            description = "Where dead letters come from. Default: ${DEFAULT-VALUE}.")
    private String deadLettersTopic = "dead-letters";

    private final Terminal out;
    private final Terminal err;

    public TailCommand() {
        this(Terminal.ofStdout(), Terminal.ofStderr());
    }

    /** Events go to {@code out}, what people should know to {@code err}. */
    public TailCommand(Terminal out, Terminal err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        Problems problems = new Problems(spec);
        KafkaAccess kafka = kafkaOptions.access(problems);
        KafkaOptions.requireTopic("--classifications-topic", classificationsTopic, problems);
        KafkaOptions.requireTopic("--dead-letters-topic", deadLettersTopic, problems);
        Integer most = problems.integer("--max", max, 1, Integer.MAX_VALUE);
        problems.throwIfAny();
        EventReader.Start start = fromBeginning ? EventReader.Start.BEGINNING : EventReader.Start.NOW;
        EventReader reader = new EventReader(kafka, classificationsTopic, deadLettersTopic, start);
        // Ctrl-C: the reader leaves its poll, and the JVM waits for it to close.
        try (InterruptHook hook = new InterruptHook(reader::stop);
                reader) {
            follow(reader, most == null ? Long.MAX_VALUE : most, hook);
        }
        return 0;
    }

    private void follow(EventReader reader, long most, InterruptHook hook) {
        EventLines lines = new EventLines(out, ZoneId.systemDefault());
        err.print("following " + reader.description() + "; Ctrl-C ends it");
        if (!output.json()) {
            out.print(lines.header());
        }
        long count = 0;
        while (!hook.isStopped() && count < most && !out.isBroken()) {
            for (StreamEvent event : reader.poll(POLL)) {
                if (count == most) {
                    return;
                }
                count++;
                if (output.json()) {
                    out.print(EventJson.line(event));
                } else {
                    out.print(lines.line(event));
                }
            }
        }
    }
}
