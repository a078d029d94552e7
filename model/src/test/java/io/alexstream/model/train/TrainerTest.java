package io.alexstream.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.model.data.TrainingDataException;
import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.network.Layer;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.testing.DrawnClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

    @TempDir
    private static Path pictures;

    @TempDir
    private Path directory;

    @BeforeAll
    static void draw() throws IOException {
        DrawnClasses.draw(pictures, 20);
    }

    /** What a run left. */
    private record Outcome(boolean finished, Map<String, List<Integer>> weights, List<EpochFigures> history) {}

    private static Outcome run(TrainingPlan plan, Checkpoints checkpoints, long keepBytes, LongPredicate stopAfter) {
        Trainer[] holder = new Trainer[1];
        TrainingListener listener = new TrainingListener() {
            @Override
            public void step(StepFigures figures) {
                if (stopAfter.test(figures.step())) {
                    holder[0].stop();
                }
            }
        };
        try (TrainingImages images = TinyTraining.images(pictures, keepBytes);
                Trainer trainer = new Trainer(plan, images, checkpoints, listener)) {
            holder[0] = trainer;
            boolean finished = trainer.run();
            return new Outcome(finished, TinyTraining.bits(plan.network(), trainer.weights()), trainer.history());
        }
    }

    private static Outcome run(TrainingPlan plan) {
        return run(plan, null, Long.MAX_VALUE, step -> false);
    }

    private static List<Tally> tallies(Outcome outcome) {
        List<Tally> tallies = new ArrayList<>();
        outcome.history().forEach(epoch -> {
            tallies.add(epoch.train());
            tallies.add(epoch.heldOut());
        });
        return tallies;
    }

    @Test
    void learnsToTellPicturesApartThatItNeverSaw() {
        Outcome outcome = run(TinyTraining.plan(TinyTraining.quick(12), 3));
        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.history()).hasSize(12);
        EpochFigures last = outcome.history().get(11);
        assertThat(last.heldOut().top1Share()).isGreaterThan(0.9);
        assertThat(last.train().loss())
                .isLessThan(outcome.history().get(0).train().loss());
        assertThat(last.heldOut().top5Share()).isEqualTo(1);
    }

    @Test
    void givesTheSameWeightsForASeedOnOneThreadAndOthersForAnother() {
        Outcome first = run(TinyTraining.plan(TinyTraining.lively(3), 5));
        Outcome second = run(TinyTraining.plan(TinyTraining.lively(3), 5), null, 0, step -> false);
        Outcome other = run(TinyTraining.plan(TinyTraining.lively(3), 6));
        assertThat(second.weights()).isEqualTo(first.weights());
        assertThat(tallies(second)).isEqualTo(tallies(first));
        assertThat(other.weights()).isNotEqualTo(first.weights());
    }

    @Test
    void endsWithTheSameWeightsWhenStoppedWithinAnEpochAndResumed() {
        TrainingPlan plan = TinyTraining.plan(TinyTraining.lively(4), 5);
        Outcome whole = run(plan);
        Path file = directory.resolve("deep/checkpoint");
        Outcome stopped = run(plan, checkpoints(file, false), Long.MAX_VALUE, step -> step == 8);
        assertThat(stopped.finished()).isFalse();
        assertThat(stopped.history()).hasSize(1);
        Outcome again = run(plan, checkpoints(file, true), Long.MAX_VALUE, step -> step == 15);
        assertThat(again.finished()).isFalse();
        Outcome resumed = run(plan, checkpoints(file, true), Long.MAX_VALUE, step -> false);
        assertThat(resumed.finished()).isTrue();
        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(tallies(resumed)).isEqualTo(tallies(whole));
    }

    @Test
    void writesACheckpointWheneverTheTimeHasCome() {
        AtomicLong seconds = new AtomicLong();
        List<Long> written = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void checkpoint(Path file, long step) {
                written.add(step);
            }
        };
        // Each look at the clock is a second later: one before the first step, then one a step.
        Checkpoints checkpoints = new Checkpoints(
                directory.resolve("c"), Duration.ofSeconds(5), false, () -> seconds.addAndGet(1_000_000_000));
        try (TrainingImages images = TinyTraining.images(pictures);
                Trainer trainer =
                        new Trainer(TinyTraining.plan(TinyTraining.quick(3), 1), images, checkpoints, listener)) {
            assertThat(trainer.run()).isTrue();
        }
        assertThat(written).containsExactly(5L, 10L, 15L, 18L);
    }

    @Test
    void refusesACheckpointOfAnotherTraining() throws IOException {
        Path file = directory.resolve("checkpoint");
        run(TinyTraining.plan(TinyTraining.quick(2), 1), checkpoints(file, false), 0, step -> step == 2);
        assertRefused(TinyTraining.plan(TinyTraining.quick(2), 2), file, "--seed differs (1 then, 2 now)");
        assertRefused(TinyTraining.plan(TinyTraining.quick(3), 1), file, "--epochs differs (2 then, 3 now)");
        assertRefused(
                TinyTraining.plan(TinyTraining.quick(2), 1, Freeze.CONV, Precision.FP32), file, "--freeze differs");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertRefused(TinyTraining.plan(TinyTraining.quick(2), 1), file, "damaged (its checksum is wrong)");
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(TinyTraining.plan(TinyTraining.quick(2), 1), file, "damaged (its checksum is wrong)");
        // In the header's own text: it must not be taken for another training's.
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"--seed\":\"1\"") + 10] = '7';
        Files.write(file, bytes);
        assertRefused(TinyTraining.plan(TinyTraining.quick(2), 1), file, "damaged (its checksum is wrong)");
        Files.writeString(file, "not a checkpoint at all");
        assertRefused(TinyTraining.plan(TinyTraining.quick(2), 1), file, "does not begin like one");
        Files.delete(file);
        assertRefused(TinyTraining.plan(TinyTraining.quick(2), 1), file, "there is no checkpoint");
    }

    @Test
    void aFullDiskCostsNoMoreThanWhatCameAfterTheLastCheckpoint() throws IOException {
        Path file = directory.resolve("checkpoint");
        TrainingPlan plan = TinyTraining.plan(TinyTraining.quick(2), 1);
        run(plan, checkpoints(file, false), 0, step -> step == 2);
        Path aside = Files.createSymbolicLink(directory.resolve(".checkpoint.part"), Path.of("/dev/full"));
        assertThatThrownBy(() -> run(plan, checkpoints(file, true), 0, step -> step == 3))
                .isInstanceOf(TrainingException.class)
                .hasMessage("the checkpoint " + file + " cannot be written: No space left on device; the one before is"
                        + " kept, go on with it by --resume");
        assertThat(aside).doesNotExist();
        assertThat(run(plan, checkpoints(file, true), 0, step -> false).finished())
                .isTrue();
    }

    private static void assertRefused(TrainingPlan plan, Path file, String why) {
        assertThatThrownBy(() -> run(plan, checkpoints(file, true), 0, step -> true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }

    private static Checkpoints checkpoints(Path file, boolean resume) {
        return new Checkpoints(file, Duration.ofHours(1), resume, System::nanoTime);
    }

    @Test
    void keepsFrozenLayersAsTheyWere() {
        assertFrozen(Freeze.CONV, Layer.Convolution.class::isInstance);
        assertFrozen(Freeze.ALL_BUT_LAST, layer -> !layer.name().equals("fc4"));
    }

    private static void assertFrozen(Freeze freeze, java.util.function.Predicate<Layer> frozen) {
        TrainingPlan plan = TinyTraining.plan(TinyTraining.quick(1), 1, freeze, Precision.FP32);
        Map<String, List<Integer>> before = TinyTraining.bits(plan.network(), plan.start());
        Map<String, List<Integer>> after = run(plan).weights();
        for (Layer layer : plan.network().layers()) {
            for (Parameter parameter : plan.network().parameters()) {
                if (parameter.layer().equals(layer.name())) {
                    assertThat(after.get(parameter.name()).equals(before.get(parameter.name())))
                            .as(parameter.name())
                            .isEqualTo(frozen.test(layer));
                }
            }
        }
    }

    @Test
    void learnsInBfloat16Too() {
        TrainingPlan plan = TinyTraining.plan(TinyTraining.quick(12), 3, Freeze.NONE, Precision.BF16);
        Outcome outcome = run(plan);
        // Stale weights in autocast's cache would let the loss fall and leave the held-out images at chance.
        assertThat(outcome.history().get(11).heldOut().top1Share()).isGreaterThan(0.8);
        assertThat(outcome.weights())
                .isNotEqualTo(run(TinyTraining.plan(TinyTraining.quick(12), 3)).weights());
    }

    @Test
    void keepsWhatWasLearntWhenAnImageGoesAwayForGood(@TempDir Path some) throws IOException {
        DrawnClasses.draw(some, 6);
        Path file = directory.resolve("checkpoint");
        Map<Path, byte[]> gone = new LinkedHashMap<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void step(StepFigures figures) {
                try (Stream<Path> files = Files.walk(some)) {
                    for (Path picture : files.filter(Files::isRegularFile).toList()) {
                        gone.put(picture, Files.readAllBytes(picture));
                        Files.delete(picture);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        TrainingPlan plan = TinyTraining.plan(TinyTraining.quick(3), 1);
        try (TrainingImages images = TinyTraining.images(some, 0);
                Trainer trainer = new Trainer(plan, images, checkpoints(file, false), listener)) {
            assertThatThrownBy(trainer::run)
                    .isInstanceOf(TrainingDataException.class)
                    .hasMessageEndingWith("go on with the same command and --resume");
        }
        for (Map.Entry<Path, byte[]> picture : gone.entrySet()) {
            Files.write(picture.getKey(), picture.getValue());
        }
        try (TrainingImages images = TinyTraining.images(some, 0);
                Trainer trainer = new Trainer(plan, images, checkpoints(file, true), new TrainingListener() {})) {
            assertThat(trainer.steps()).isPositive();
            assertThat(trainer.run()).isTrue();
        }
    }
}
