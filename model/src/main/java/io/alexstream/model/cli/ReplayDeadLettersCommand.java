package io.alexstream.model.cli;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Json;
import io.alexstream.model.stream.DeadLetterReplay;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.TopicRecords;
import io.alexstream.model.terminal.Terminal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model replay-dead-letters}: what could not be classified is tried again. */
@Command(
        name = "replay-dead-letters",
        description = {
            "Sends the dead letters that are there now back to their topic, as they came: key, value, timestamp and their own"
                    + " headers. What fails again becomes a dead letter again; what is sent twice is classified twice.",
            "Exit status 1 where some could not go back, as those whose value was too long to be kept."
        })
public final class ReplayDeadLettersCommand implements Callable<Integer>, ReportsUnknownOptions {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private KafkaOptions kafkaOptions = new KafkaOptions();

    @Option(names = "--reason", paramLabel = "R", description = "Only those of this reason, such as FETCH_FAILED.")
    private @Nullable String reason;

    @Option(
            names = "--topic",
            defaultValue = "images",
            paramLabel = "TOPIC",
            description = "Where they may go back to; dead letters of other topics stay. Default: ${DEFAULT-VALUE}.")
    private String topic = "images";

    @Option(
            names = "--dead-letters-topic",
            defaultValue = "dead-letters",
            paramLabel = "TOPIC",
            description = "Where dead letters come from. Default: ${DEFAULT-VALUE}.")
    private String deadLettersTopic = "dead-letters";

    private final Terminal out;
    private final Terminal err;

    public ReplayDeadLettersCommand() {
        this(Terminal.ofStdout(), Terminal.ofStderr());
    }

    /** The result goes to {@code out}, what stayed to {@code err}. */
    public ReplayDeadLettersCommand(Terminal out, Terminal err) {
        this.out = out;
        this.err = err;
    }

    /** What was sent by topic, and what stayed by reason. */
    private record Result(Map<String, Long> replayed, Map<String, Long> leftOut) {}

    @Override
    public Integer call() {
        Problems problems = new Problems(spec);
        KafkaAccess kafka = kafkaOptions.access(problems);
        KafkaOptions.requireTopic("--topic", topic, problems);
        KafkaOptions.requireTopic("--dead-letters-topic", deadLettersTopic, problems);
        DeadLetterReason only = problems.oneOf("--reason", reason, DeadLetterReason.class);
        if (topic.equals(deadLettersTopic)) {
            problems.add("--topic and --dead-letters-topic must differ, both were '" + topic + "'");
        }
        problems.throwIfAny();
        kafka.requireTopics(Set.copyOf(List.of(topic, deadLettersTopic)));
        try (TopicRecords letters = new TopicRecords(kafka, deadLettersTopic);
                Producer<byte[], byte[]> producer = kafka.producer()) {
            DeadLetterReplay replay = new DeadLetterReplay(producer, Set.of(topic), only);
            letters.readToEnd(replay::replay);
            replay.flush();
            return report(new Result(replay.replayed(), replay.leftOut()));
        }
    }

    private int report(Result result) {
        if (output.json()) {
            out.print(Json.toBytes(result));
        } else {
            long count = result.replayed().getOrDefault(topic, 0L);
            out.print("sent " + count + " dead letter" + (count == 1 ? "" : "s") + " back to " + topic);
        }
        result.leftOut().forEach((why, count) -> err.print(count + " left out: " + why));
        return result.leftOut().isEmpty() ? 0 : 1;
    }
}
