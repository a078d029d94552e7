package io.alexstream.demo;

import io.alexstream.contract.ImageLabel;
import io.alexstream.contract.Json;
import io.alexstream.model.stream.EventReader;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The whole story: references flow, labels arrive, the network learns from them beside the running job, passes the gate and goes
 * live. Confined to one thread, which reads and draws; one of its own sends.
 */
final class Story {

    static final String LABELS = "labels";

    /** Long enough for a figure, short enough for a demo. */
    private static final Duration STEADY = Duration.ofSeconds(6);

    /** Modest, so that training gets the cores. */
    private static final double SLOWED = 4;

    /** A new version works for certain when it has answered for so long. */
    private static final Duration AFTER = Duration.ofSeconds(6);

    /** Without any progress: longer than any checkpoint or restart takes here; then something hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Flow flow;
    private final KafkaAccess access;
    private final DemoModel model;
    private final Ledger ledger;
    private final Collected collected;
    private final StoryScreen screen;
    private final EventReader reader;
    private @Nullable Instant training;
    private @Nullable Instant trained;
    private String verdict = "";

    Story(
            Terminal terminal,
            Flow flow,
            KafkaAccess access,
            DemoModel model,
            Ledger ledger,
            Collected collected,
            EventReader reader) {
        this.flow = flow;
        this.access = access;
        this.model = model;
        this.ledger = ledger;
        this.collected = collected;
        this.screen = new StoryScreen(terminal);
        this.reader = reader;
    }

    /** What the command prints for machines. */
    private record Round(String outcome, String reason) {}

    /**
     * Returns when the new version has answered for a while, and every reference has its answer.
     *
     * @throws DemoException where learning, the swap, Kafka or the job fails
     */
    Learned tell(String topic, DemoPictures pictures, List<String> retrain, Path log) throws IOException {
        Feed feed = new Feed(access, ledger, flow::answeredUncommitted, topic, pictures.inputs());
        CompletableFuture<Void> feeding =
                CompletableFuture.runAsync(feed, command -> new Thread(command, "feed").start());
        try {
            await(
                    feeding,
                    ledger::answered,
                    () -> ledger.answered() >= pictures.inputs().size());
            Instant steady = Instant.now();
            await(feeding, ledger::answered, () -> Instant.now().isAfter(steady.plus(STEADY)));
            send(pictures.labels());
            feed.slowTo(SLOWED);
            Instant labelled = Instant.now();
            learn(feed, feeding, retrain, log);
            HotSwap swap =
                    HotSwap.observe(access, HotSwap.UPDATES, HotSwap.STATUS, Objects.requireNonNull(model.first()));
            screen.fact("Swap", "version " + swap.to().version() + " serves in every subtask");
            int version = swap.to().version();
            await(
                    feeding,
                    () -> collected.accuracy().asked(version),
                    () -> collected.accuracy().asked(version)
                                    == collected.accuracy().pictures()
                            && Instant.now().isAfter(swap.active().plus(AFTER)));
            Instant ended = Instant.now();
            feed.end();
            await(null, ledger::answered, () -> feeding.isDone() && ledger.answered() >= ledger.publishedCount());
            feeding.join();
            Phases phases = new Phases(
                    steady,
                    labelled,
                    training == null ? labelled : training,
                    trained == null ? swap.published() : trained,
                    swap.active(),
                    ended);
            return new Learned(
                    swap, phases, collected.accuracy(), pictures.labels().size(), SLOWED, verdict);
        } finally {
            feed.end();
        }
    }

    private void send(List<ImageLabel> labels) {
        try (var producer = access.producer()) {
            for (ImageLabel label : labels) {
                // The flush below tells of failures.
                var unused = producer.send(
                        new ProducerRecord<>(LABELS, label.id().getBytes(StandardCharsets.UTF_8), Json.toBytes(label)));
            }
            producer.flush();
        }
        screen.fact(
                "Labels", labels.size() + " pictures, none of them in the stream, get their labels on topic " + LABELS);
    }

    private void learn(Feed feed, CompletableFuture<Void> feeding, List<String> retrain, Path log) throws IOException {
        screen.fact(
                "Learn",
                "in a process of its own: model retrain; the stream is held to " + (int) SLOWED
                        + " images/s meanwhile");
        try (ModelProcess process = ModelProcess.start(log, retrain)) {
            while (process.isRunning()) {
                step(feeding);
                process.news().forEach(line -> hear(line, feed));
            }
            process.news().forEach(line -> hear(line, feed));
            String output = process.output();
            if (output.isEmpty()) {
                throw new DemoException("retraining failed with status " + process.status() + "; it says why above");
            }
            Round round = Json.fromBytes(output.getBytes(StandardCharsets.UTF_8), Round.class);
            if (!round.outcome().equals("ACTIVE")) {
                throw new DemoException("the new version does not serve: " + round.reason());
            }
            verdict = round.reason();
        }
    }

    private void hear(String line, Feed feed) {
        if (line.startsWith("training on ")) {
            training = Instant.now();
        } else if (LearningLines.isLastEpoch(line)) {
            trained = Instant.now();
        } else if (line.startsWith("better: ")) {
            // It is to be seen that the swap does not hurt a stream at full speed.
            feed.atFullSpeed();
        }
        screen.learning(line);
    }

    private void await(@Nullable CompletableFuture<Void> feeding, LongSupplier progress, BooleanSupplier enough) {
        long last = progress.getAsLong();
        long since = System.nanoTime();
        while (!enough.getAsBoolean()) {
            step(feeding);
            long now = progress.getAsLong();
            if (now != last) {
                last = now;
                since = System.nanoTime();
            }
            if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new DemoException("the stream hangs: " + ledger.answered() + " answers to "
                        + ledger.publishedCount() + " references, none for " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    /** Reads what has come and draws; a feed that ended though it should not has failed. */
    private void step(@Nullable CompletableFuture<Void> feeding) {
        if (feeding != null && feeding.isDone()) {
            feeding.join();
        }
        flow.take(reader);
        flow.requireAlive();
        screen.stream(line());
    }

    private String line() {
        Accuracy accuracy = collected.accuracy();
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%d in, %d out, %.1f images/s",
                ledger.publishedCount(),
                ledger.answered(),
                collected.gaps().perSecond(Instant.now().minusSeconds(5), Instant.now())));
        for (int version : accuracy.versions()) {
            line.append(
                    String.format(Locale.ROOT, "   version %d: %.1f %% right", version, 100 * accuracy.share(version)));
        }
        return line.toString();
    }
}
