package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.EventSchemas;
import io.alexstream.job.testing.TopicReader;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.model.retrain.CandidateTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code retrain} on a real broker; what a job would say is written by hand. */
class RetrainITCase {

    private static final long LIMIT_SECONDS = 120;

    /** First weights that are right about some of the drawn colours. */
    private static final long SEED = 1;

    private static EmbeddedKafka kafka;

    @TempDir
    private Path repository;

    private RetrainStage stage;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stopKafka() throws Exception {
        kafka.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        stage = new RetrainStage(kafka, repository);
    }

    private ModelManifest manifest(int version) throws Exception {
        return Json.fromBytes(
                Files.readAllBytes(repository.resolve("tiny/" + version + "/manifest.json")), ModelManifest.class);
    }

    /** libtorch learns three colours, of which the served model knows two; a job takes the result; then there is nothing to gain. */
    @Test
    void learnsFromLabelsShipsWhatIsBetterAndRefusesATieAfterwards() throws Exception {
        stage.fresh("green", "blue");
        stage.label(0, 30, RetrainStage.CLASSES);
        CompletableFuture<Integer> retraining =
                CompletableFuture.supplyAsync(() -> stage.retrain(null, "--epochs=60", "--json"));
        stage.awaitUpdate(1);
        stage.serve(0, 2);

        assertThat(retraining.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as(stage.err())
                .isZero();
        assertThat(stage.out())
                .contains("\"outcome\":\"ACTIVE\",\"served\":1,\"version\":2,\"reason\":\"better: of ")
                .hasLineCount(1);
        ModelManifest made = manifest(2);
        assertThat(made.parentVersion()).isEqualTo(1);
        assertThat(made.labels()).containsExactly("green", "blue", "red");
        assertThat(stage.refusals()).isEmpty();

        stage.label(0, 1, List.of("red")); // said again: the same image, nothing new
        assertThat(stage.retrain(null, "--epochs=1", "--min-gain=0.5")).isOne();

        assertThat(stage.out()).contains("nothing published, version 2 stays: ");
        ModelStatus refusal = stage.refusals().get(0);
        assertThat(refusal.state()).isEqualTo(State.REJECTED);
        assertThat(refusal.name()).isEqualTo("tiny");
        assertThat(refusal.version()).isEqualTo(3);
        assertThat(refusal.host()).isNull();
        assertThat(refusal.reason()).contains("held-out images", " right, version 2 has ");
        assertThat(repository.resolve("tiny/3")).doesNotExist();
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), stage.statuses)) {
            assertThat(reader.readToEnd())
                    .allSatisfy(record -> assertThat(EventSchemas.errors("model-status", record))
                            .isEmpty());
        }
    }

    @Test
    void refusesLabelsThatCannotBeLearntFrom() throws Exception {
        stage.fresh("green", "blue");
        assertThat(stage.retrain(null)).isOne();
        stage.label(0, 1, List.of("red"));
        assertThat(stage.retrain(null, "--held-out=0.000001")).isOne();

        assertThat(stage.refusals())
                .extracting(ModelStatus::reason)
                .satisfiesExactly(
                        empty -> assertThat(empty).isEqualTo("the topic of labels is empty"),
                        one -> assertThat(one).startsWith("no image is held out"));
    }

    @Test
    void saysWhatToDoWhereNothingServes() throws Exception {
        stage.label(0, 2, RetrainStage.CLASSES);

        assertThat(stage.retrain(null)).isOne();

        assertThat(stage.err().lines().reduce((a, b) -> b).orElseThrow())
                .isEqualTo("topic " + stage.updates + " has no update of tiny, and the repository no version of it;"
                        + " 'model publish' gives it a first one");
    }

    /** The broker goes while a round learns and comes back later: what was learnt is not lost, and the next round goes on. */
    @Test
    void loopOutlivesABrokerThatGoesInTheMiddle() throws Exception {
        stage.fresh("cat", "dog"); // right about none of the images
        stage.label(0, 20, RetrainStage.CLASSES);
        CountDownLatch learning = new CountDownLatch(1);
        CountDownLatch brokerGone = new CountDownLatch(1);
        List<Set<String>> heldOut = new ArrayList<>();
        List<Set<String>> trained = new ArrayList<>();
        CandidateTrainer trainer = (served, set, allowed, folder, stop) -> {
            heldOut.add(keys(set.heldOut()));
            trained.add(keys(set.train()));
            learning.countDown();
            await(brokerGone);
            return guessing(set, folder);
        };
        Thread loop = new Thread(
                () -> stage.retrain(trainer, "--every-labels=15", "--held-out=0.4", "--max-class-drop=1"), "loop");
        loop.start();
        try {
            await(learning);
            kafka.stop();
            brokerGone.countDown();
            RetrainStage.until("the round insists", () -> stage.err().contains("trying on for"));
            kafka.startAgain();
            stage.awaitUpdate(1);
            stage.serve(0, 2);
            RetrainStage.until("the round ends", () -> stage.out().contains("tiny 2 serves: better: "));

            stage.label(20, 5, RetrainStage.CLASSES);
            RetrainStage.until("the next round ends", () -> stage.out().contains("version 2 stays: not better: "));

            stage.label(20, 5, RetrainStage.CLASSES);
            RetrainStage.until("there is nothing new", () -> stage.out().contains("no label has changed"));
        } finally {
            loop.interrupt();
            loop.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        }
        assertThat(loop.isAlive()).isFalse();
        assertThat(stage.err()).endsWith("stopped\n");
        assertThat(stage.refusals()).hasSize(1);
        assertThat(heldOut).hasSize(2);
        assertThat(heldOut.get(1)).containsAll(heldOut.get(0)).doesNotContainAnyElementsOf(trained.get(0));
    }

    @Test
    void refusesACandidateThatWasOvertakenWhileItLearnt() throws Exception {
        stage.fresh("cat", "dog");
        stage.label(0, 20, RetrainStage.CLASSES);
        CandidateTrainer trainer = (served, set, allowed, folder, stop) -> {
            stage.publish(stage.fresh("cat", "dog"));
            return guessing(set, folder);
        };

        assertThat(stage.retrain(trainer, "--max-class-drop=1")).isOne();

        assertThat(stage.out())
                .contains(
                        "version 1 stays: another version was published meanwhile, and the candidate was not compared with it;"
                                + " better: of ");
        assertThat(stage.refusals()).hasSize(1);
        assertThat(repository.resolve("tiny/3")).doesNotExist();
    }

    /** The newest update is nothing that anybody could serve: what jobs serve is the one before. */
    @Test
    void learnsFromWhatIsServedWhereTheNewestUpdateWasRejected() throws Exception {
        stage.publish(stage.fresh("cat", "dog"));
        stage.publish(stage.fresh("cow", "pig"));
        stage.say(State.ACTIVE, 0, 1);
        stage.say(State.REJECTED, 1, 2);
        stage.label(0, 20, RetrainStage.CLASSES);
        AtomicReference<List<String>> served = new AtomicReference<>();
        CandidateTrainer trainer = (base, set, allowed, folder, stop) -> {
            served.set(base.manifest().labels());
            return null;
        };

        assertThat(stage.retrain(trainer)).isOne();

        assertThat(served.get()).as(stage.err()).containsExactly("cat", "dog");
    }

    /** A process of its own gets a TERM signal while libtorch computes. */
    @Test
    void endsCleanlyWhenAskedToWhileItLearns() throws Exception {
        stage.fresh("green", "blue");
        stage.label(0, 10, RetrainStage.CLASSES);
        Path log = repository.resolve("log");
        Process process = stage.process(log, "--every=1 h", "--epochs=50000", "--progress-every=1 ms");
        try {
            RetrainStage.until("it learns", () -> RetrainStage.text(log).contains("epoch 2/") || !process.isAlive());
            process.destroy();
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = RetrainStage.text(log);
        assertThat(process.exitValue()).as(said).isEqualTo(143);
        assertThat(said).doesNotContain("SIGSEGV", "Exception", "failed");
        assertThat(said.lines().reduce((a, b) -> b).orElseThrow()).endsWith("  stopped");
        assertThat(stage.refusals()).isEmpty();
    }

    private static Set<String> keys(List<TrainingSet.Example> examples) {
        return examples.stream().map(example -> example.image().key()).collect(Collectors.toSet());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** First weights: right about some. */
    private static WrittenPackage guessing(TrainingSet set, Path folder) throws IOException {
        return PackageWriter.onCpu().write(folder, "tiny", FreshModel.tiny(set.labels(), SEED));
    }
}
