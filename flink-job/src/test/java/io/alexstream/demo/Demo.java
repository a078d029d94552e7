package io.alexstream.demo;

import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.model.stream.EventReader;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamException;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Terminal.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * {@code mvn -Pdemo}: the whole path once, from pictures to counted events. Ends with status 0 where every record came out
 * exactly once; Maven ends with 1 where not.
 */
public final class Demo {

    /** The exit status after a failure; with it lies a file {@code failed}, by which Maven knows. */
    private static final int FAILED = 10;

    private static final String IMAGES = "images";
    private static final String CLASSIFICATIONS = "classifications";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final int PARTITIONS = 4;
    private static final int SLOTS = 2;
    private final Terminal terminal;
    private final DemoOptions options;
    private final Ledger ledger = new Ledger();

    private Demo(Terminal terminal, DemoOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    public static void main(String[] args) throws IOException {
        Path marker = DemoOptions.marker();
        Files.deleteIfExists(marker);
        boolean succeeded = runOrSayWhyNot(args);
        if (!succeeded) {
            Files.createDirectories(marker.getParent());
            Files.createFile(marker);
        }
        // Broker and Flink leave threads behind that are no daemons.
        System.exit(succeeded ? 0 : FAILED);
    }

    private static boolean runOrSayWhyNot(String... args) {
        Terminal terminal = Terminal.ofStdout();
        try {
            return new Demo(terminal, DemoOptions.parse(args)).run();
        } catch (DemoException | StreamException e) {
            terminal.print(terminal.paint(Style.RED, "demo: ") + e.getMessage());
        } catch (Exception e) {
            terminal.print(terminal.paint(Style.RED, "demo: ") + Failures.oneLine(e) + "; see " + DemoOptions.log());
            LoggerFactory.getLogger(Demo.class).error("The demo failed", e);
        }
        return false;
    }

    private boolean run() throws Exception {
        Files.createDirectories(options.directory());
        terminal.print("");
        terminal.print(terminal.paint(Style.BOLD, "AlexStream demo")
                + ": pictures -> Kafka -> Flink -> Kafka in one process"
                + (options.retrain() ? ", and a network that learns beside it" : ""));
        terminal.print("");
        try (Steps steps = new Steps(terminal)) {
            DemoPictures pictures = pictures(steps);
            DemoModel model = model(steps);
            try (EmbeddedKafka kafka = kafka(steps);
                    LocalFlink flink = flink(steps, kafka, model, pictures.root())) {
                return classify(steps, kafka, flink, model, pictures);
            }
        }
    }

    private DemoModel model(Steps steps) throws IOException {
        String own = options.model();
        try (Steps.Step step = steps.begin("Model", own == null ? "making fresh weights" : "looking into " + own)) {
            DemoModel model;
            if (own == null) {
                Folders.empty(models());
                model = options.retrain() ? DemoModel.toLearn(models(), step) : DemoModel.fresh(models(), step);
            } else {
                model = DemoModel.existing(own);
            }
            step.done(model.description());
            if (own == null) {
                steps.remark(
                        options.retrain()
                                ? "Untrained: its answers are guesses, until it has learnt from labels."
                                : "Untrained: its answers are guesses. -Dmodel=PACKAGE takes yours.");
            }
            return model;
        }
    }

    private Path models() {
        return options.directory().resolve("models");
    }

    private DemoPictures pictures(Steps steps) throws IOException {
        Path own = options.images();
        try (Steps.Step step = steps.begin("Pictures", own == null ? "drawing pictures" : "looking into " + own)) {
            Path folder = options.directory().resolve("pictures");
            DemoPictures pictures = own != null
                    ? DemoPictures.of(own)
                    : options.retrain()
                            ? DemoPictures.textures(folder, options.pictures(), step)
                            : DemoPictures.drawn(folder, options.pictures(), step);
            step.done(pictures.description());
            if (!pictures.remark().isEmpty()) {
                steps.remark(pictures.remark());
            }
            return pictures;
        }
    }

    private static EmbeddedKafka kafka(Steps steps) throws Exception {
        try (Steps.Step step = steps.begin("Kafka", "starting a broker")) {
            EmbeddedKafka kafka = EmbeddedKafka.start();
            kafka.createTopics(PARTITIONS, IMAGES, CLASSIFICATIONS, DEAD_LETTERS, Story.LABELS);
            kafka.createTopics(HotSwap.UPDATES, 1, Map.of("cleanup.policy", "compact"));
            kafka.createTopics(1, HotSwap.STATUS);
            step.done("a broker at " + kafka.bootstrapServers() + " with six topics");
            return kafka;
        }
    }

    private LocalFlink flink(Steps steps, EmbeddedKafka kafka, DemoModel model, Path root) throws Exception {
        try (Steps.Step step = steps.begin("Flink", "starting a local Flink")) {
            Path temporary = options.directory().resolve("flink");
            Folders.empty(temporary);
            LocalFlink flink = LocalFlink.start(SLOTS, temporary);
            try {
                step.say("starting the job, which loads and checks the model");
                flink.run(List.of(
                        "--kafka.bootstrap-servers",
                        kafka.bootstrapServers(),
                        "--images.topic",
                        IMAGES,
                        "--classifications.topic",
                        CLASSIFICATIONS,
                        "--dead-letters.topic",
                        DEAD_LETTERS,
                        "--model.package",
                        model.uri(),
                        "--model-updates.topic",
                        HotSwap.UPDATES,
                        "--model-status.topic",
                        HotSwap.STATUS,
                        "--image.allowed-uris",
                        root.toUri() + ",data:"));
                step.done("the job runs, exactly-once, with a checkpoint every second");
                return flink;
            } catch (Exception e) {
                flink.close();
                throw e;
            }
        }
    }

    private boolean classify(Steps steps, EmbeddedKafka kafka, LocalFlink flink, DemoModel model, DemoPictures pictures)
            throws Exception {
        KafkaAccess access = new KafkaAccess(kafka.bootstrapServers(), Map.of());
        Collected collected = new Collected(pictures.truths());
        Flow flow = new Flow(access, flink, model, ledger, collected);
        Instant start = Instant.now();
        HotSwap swap;
        Learned learned = null;
        Summary.Speed speed;
        try (EventReader reader = new EventReader(access, CLASSIFICATIONS, DEAD_LETTERS, EventReader.Start.BEGINNING)) {
            if (options.retrain()) {
                Story story = new Story(terminal, flow, access, model, ledger, collected, reader);
                learned = story.tell(
                        IMAGES,
                        pictures,
                        retrain(kafka, pictures),
                        options.directory().resolve("retrain.log"));
                swap = learned.swap();
            } else {
                swap = flow.run(terminal, reader, IMAGES, pictures.inputs());
            }
            speed = Summary.Speed.of(collected, start);
            steps.took("classify", Duration.between(start, Instant.now()).toMillis() / 1e3);
            try (Steps.Step step = steps.begin("Count", "stopping the job, reading to the end of both topics")) {
                flink.stopJob();
                while (!reader.isAtEnd()) {
                    flow.take(reader);
                }
                step.done("stopped the job, read all that is committed");
            }
        }
        if (learned != null) {
            report(steps, pictures, learned);
        }
        Summary summary = new Summary(terminal, ledger, collected);
        summary.printSamples();
        boolean good = summary.printFigures(speed, swap, learned, steps.seconds(), steps.secondsSinceStart());
        terminal.print(terminal.paint(Style.DIM, "What broker and Flink logged: " + DemoOptions.log()));
        terminal.print("");
        return good;
    }

    /** Both versions on the stream's pictures, as a page to look at. */
    private void report(Steps steps, DemoPictures pictures, Learned learned) throws IOException {
        Path file = options.directory().resolve("report.html");
        try (Steps.Step step = steps.begin("Report", "asking both versions about every picture");
                ModelProcess process = ModelProcess.start(
                        options.directory().resolve("report.log"),
                        List.of(
                                "evaluate",
                                "--package=" + learned.swap().to().uri(),
                                "--compare=" + learned.swap().from().uri(),
                                "--data=" + pictures.root().resolve(DemoPictures.STREAM),
                                "--report=" + file))) {
            process.await();
            if (process.status() != 0) {
                throw new DemoException("the report could not be made: " + String.join("; ", process.news()));
            }
            step.done(file.toString());
        }
    }

    /** The command that people would type. */
    private List<String> retrain(EmbeddedKafka kafka, DemoPictures pictures) {
        return List.of(
                "retrain",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--name=" + DemoModel.NAME,
                "--repository=" + models(),
                "--allowed-uris=" + pictures.root().toUri(),
                "--preset=small",
                // Of 560 few: with a fifth held out, where the pictures lie decided whether 94 % were learnt or 98 %.
                "--held-out=0.1",
                "--progress-every=250 ms",
                "--json");
    }
}
