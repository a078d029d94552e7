package io.alexstream.model.cli;

import io.alexstream.model.stream.EventJson;
import io.alexstream.model.stream.EventLines;
import io.alexstream.model.stream.EventReader;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamEvent;
import io.alexstream.model.stream.StreamException;
import io.alexstream.model.terminal.Terminal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code model tail}: follows what the job says. */
@Command(
        name = "tail",
        description = "Follows classifications and dead letters, a line each, until it is stopped with Ctrl-C.")
public final class TailCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(500);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT,...",
            description = "Kafka brokers to ask first.")
    private String bootstrapServers = "";

    @Option(
            names = "--json",
            description = "A JSON object a line: classifications as they are; dead letters with 'reason' and 'input'.")
    private boolean json;

    @Option(names = "--from-beginning", description = "Begin with the oldest event, not with the next one.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "End after N events.")
    private long max = Long.MAX_VALUE;

    @Option(
            names = "--classifications-topic",
            defaultValue = "classifications",
            paramLabel = "TOPIC",
            description = "Where classifications come from (default: ${DEFAULT-VALUE}).")
    private String classificationsTopic = "classifications";

    @Option(
            names = "--dead-letters-topic",
            defaultValue = "dead-letters",
            paramLabel = "TOPIC",
            description = "Where dead letters come from (default: ${DEFAULT-VALUE}).")
    private String deadLettersTopic = "dead-letters";

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description = "Passed to the Kafka client, for instance SASL and TLS; may be repeated.")
    private Map<String, String> kafkaProperties = Map.of();

    private final Terminal out;
    private final Terminal err;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;

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
        if (max < 1) {
            throw wrong("--max must be 1 or more, was " + max);
        }
        EventReader.Start start = fromBeginning ? EventReader.Start.BEGINNING : EventReader.Start.NOW;
        KafkaAccess kafka = new KafkaAccess(bootstrapServers, kafkaProperties);
        try (EventReader reader = new EventReader(kafka, classificationsTopic, deadLettersTopic, start)) {
            Thread onInterrupt = new Thread(() -> stop(reader), "stop-tail");
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            follow(reader);
            if (!stopped) {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            }
        } finally {
            ended.countDown();
        }
        return 0;
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new StreamException(message);
        }
        return new ParameterException(spec.commandLine(), message);
    }

    /** Ctrl-C: the reader leaves its poll, and the JVM waits for it to close. */
    private void stop(EventReader reader) {
        stopped = true;
        reader.stop();
        try {
            ended.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(EventReader reader) {
        EventLines lines = new EventLines(out, ZoneId.systemDefault());
        err.print("following " + reader.description() + "; Ctrl-C ends it");
        if (!json) {
            out.print(lines.header());
        }
        long count = 0;
        while (!stopped && count < max && !out.isBroken()) {
            for (StreamEvent event : reader.poll(POLL)) {
                if (count++ < max) {
                    if (json) {
                        out.print(EventJson.line(event));
                    } else {
                        out.print(lines.line(event));
                    }
                }
            }
        }
    }
}
