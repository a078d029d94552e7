package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.Prediction;
import io.alexstream.contract.Stage;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceException;
import io.alexstream.testing.Await;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakeInferenceSession;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeServing;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.Runtimes;
import io.alexstream.testing.SilentListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServingRuntimeTest {

    private static final Duration LINGER = Duration.ofMillis(200);

    @TempDir
    private Path repository;

    @TempDir
    private Path cache;

    private final FakeSessions sessions = new FakeSessions();

    @AfterEach
    void leavesNothingOpen() {
        assertThat(sessions.misuses()).isEmpty();
        // A load that nobody waits for any more clears up on its own thread, in its own time.
        Await.until("all sessions closed", () -> sessions.open() == 0);
        Await.until("the cache is empty", () -> cache.toFile().list().length == 0);
    }

    @Test
    void answersWithLabelsAndTheModelThatRan() throws Exception {
        try (ServingRuntime runtime = start()) {
            FrameOutcome.Predicted outcome = (FrameOutcome.Predicted) await(classify(runtime, 42));
            assertThat(outcome.model()).isEqualTo(runtime.currentModel());
            assertThat(outcome.predictions())
                    .containsExactly(new Prediction("class 42", 42, 0.75f), new Prediction("class 43", 43, 0.01f));
        }
    }

    @Test
    void runsWhatWaitsTogetherAndEveryFrameOnce() throws Exception {
        try (ServingRuntime runtime = start()) {
            List<CompletableFuture<FrameOutcome>> outcomes = new ArrayList<>();
            for (int red = 20; red < 28; red++) {
                outcomes.add(classify(runtime, red));
            }
            answeredInTheirOrder(outcomes, 20);
        }
        // Warm-up (1 and 4), golden check (1), then two full batches.
        assertThat(sessions.runs()).containsExactly(1, 4, 1, 4, 4);
    }

    @Test
    void runsALargeBatchInPartsOnCpuAndAnswersTheFirstWhileTheNextRuns() throws Exception {
        CountDownLatch nextMayEnd = new CountDownLatch(1);
        List<CompletableFuture<FrameOutcome>> outcomes = new ArrayList<>();
        try (ServingRuntime runtime = startWithBatchesOf25()) {
            sessions.onRun(count -> {
                if (count == 12) {
                    await(nextMayEnd);
                }
            });
            for (int red = 20; red < 45; red++) {
                outcomes.add(classify(runtime, red));
            }
            try {
                Await.until("the first 13 are answered", () -> done(outcomes) == 13);
            } finally {
                nextMayEnd.countDown();
            }
            answeredInTheirOrder(outcomes, 20);
        }
        // Warm-up (1 and 25), golden check, then one full batch.
        assertThat(sessions.runs()).containsExactly(1, 25, 1, 13, 12);
    }

    @Test
    void runsALargeBatchAtOnceWhereAsManyWaitBehindIt() throws Exception {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        AtomicInteger decoded = new AtomicInteger();
        List<CompletableFuture<FrameOutcome>> outcomes = new ArrayList<>();
        try (ServingRuntime runtime = startWithBatchesOf25()) {
            sessions.onRun(count -> await(firstMayEnd));
            try {
                for (int i = 0; i < 75; i++) {
                    outcomes.add(runtime.classify(
                            ColouredImages.uri(1 + i % 10), runtime.currentModel(), decodedCounts(decoded)));
                    if (i == 24) {
                        Await.until(
                                "the first batch runs", () -> sessions.runs().size() == 4);
                    }
                }
                Await.until("two more are full", () -> decoded.get() == 75);
            } finally {
                firstMayEnd.countDown();
            }
            for (CompletableFuture<FrameOutcome> outcome : outcomes) {
                assertThat(await(outcome)).isInstanceOf(FrameOutcome.Predicted.class);
            }
        }
        // Behind the second batch as many wait as are in it, behind the first and the last none.
        assertThat(sessions.runs().subList(3, 8)).containsExactly(13, 12, 25, 13, 12);
    }

    @Test
    void rejectsJustTheFramesThatFailInWhicheverPartTheyAre() throws Exception {
        try (ServingRuntime runtime = startWithBatchesOf25()) {
            List<CompletableFuture<FrameOutcome>> outcomes = new ArrayList<>();
            // One in the first part of the first batch, one in the second of the second.
            Set<Integer> poisoned = Set.of(5, 43);
            for (int i = 0; i < 50; i++) {
                outcomes.add(classify(runtime, poisoned.contains(i) ? FakeInferenceSession.POISON : 20 + i));
            }
            for (int i = 0; i < outcomes.size(); i++) {
                FrameOutcome outcome = await(outcomes.get(i));
                if (poisoned.contains(i)) {
                    assertThat(outcome).isInstanceOf(FrameOutcome.Rejected.class);
                } else {
                    assertThat(((FrameOutcome.Predicted) outcome)
                                    .predictions()
                                    .get(0)
                                    .index())
                            .isEqualTo(20 + i);
                }
            }
        }
    }

    @Test
    void failsTheFramesOfLaterPartsToo() {
        List<CompletableFuture<FrameOutcome>> outcomes = new ArrayList<>();
        try (ServingRuntime runtime = startWithBatchesOf25()) {
            sessions.onRun(count -> {
                throw InferenceException.deviceLost("the device is gone", null);
            });
            for (int red = 20; red < 45; red++) {
                outcomes.add(classify(runtime, red));
            }
            for (CompletableFuture<FrameOutcome> outcome : outcomes) {
                assertThatThrownBy(() -> await(outcome)).hasRootCauseMessage("the device is gone");
            }
        }
    }

    private static void answeredInTheirOrder(List<CompletableFuture<FrameOutcome>> outcomes, int firstRed)
            throws Exception {
        for (int i = 0; i < outcomes.size(); i++) {
            FrameOutcome.Predicted outcome = (FrameOutcome.Predicted) await(outcomes.get(i));
            assertThat(outcome.predictions().get(0).index()).isEqualTo(firstRed + i);
        }
    }

    /** They linger for longer than the test takes, so that only full ones run. */
    private ServingRuntime startWithBatchesOf25() {
        Path directory = FakePackages.write(repository, 1, "model");
        return Runtimes.begun(FakeServing.config(directory, cache, Duration.ofSeconds(50), 25), List.of(sessions));
    }

    private static long done(List<CompletableFuture<FrameOutcome>> outcomes) {
        return outcomes.stream().filter(CompletableFuture::isDone).count();
    }

    private static FrameListener decodedCounts(AtomicInteger decoded) {
        return new SilentListener() {
            @Override
            public void decoded(long nanos) {
                decoded.incrementAndGet();
            }
        };
    }

    @Test
    void rejectsTheFrameThatFailsItsBatchAndAnswersItsNeighbours() throws Exception {
        try (ServingRuntime runtime = start()) {
            var before = classify(runtime, 1);
            var poison = classify(runtime, FakeInferenceSession.POISON);
            var after = classify(runtime, 2);
            assertThat(await(before)).isInstanceOf(FrameOutcome.Predicted.class);
            assertThat(await(after)).isInstanceOf(FrameOutcome.Predicted.class);
            FrameOutcome.Rejected rejected = (FrameOutcome.Rejected) await(poison);
            assertThat(rejected.reason()).isEqualTo(DeadLetterReason.INFERENCE_FAILED);
            assertThat(rejected.stage()).isEqualTo(Stage.INFER);
            assertThat(rejected.message()).contains("this frame fails its batch");
        }
    }

    @Test
    void failsEveryFrameWhereTheDeviceFailsOnAFrameThatIsKnownToWork() {
        try (ServingRuntime runtime = start()) {
            sessions.onRun(count -> {
                throw InferenceException.internal("nothing works any more", null);
            });
            var outcome = classify(runtime, 1);
            assertThatThrownBy(() -> await(outcome)).hasRootCauseMessage("nothing works any more");
            // Whoever shares the runtime must not go on with it: Flink restores into a new one.
            untilBroken(runtime);
        }
    }

    @Test
    void opensTheSessionAgainWhereTheDeviceWasLostAndAnswersTheSameFrames() throws Exception {
        try (ServingRuntime runtime = start()) {
            AtomicInteger failures = new AtomicInteger();
            sessions.onRun(count -> {
                if (failures.getAndIncrement() == 0) {
                    throw InferenceException.deviceLost("the device was reset", null);
                }
            });
            assertThat(await(classify(runtime, 1))).isInstanceOf(FrameOutcome.Predicted.class);
            assertThat(sessions.opened()).isEqualTo(2);
            assertThat(sessions.open()).isEqualTo(1);
        }
    }

    @Test
    void givesUpOnALostDeviceAfterSomeRebuildsWithoutDeadLetters() {
        try (ServingRuntime runtime = start()) {
            // The checks of a new session go through (1 and 4 and 1 frames); frames in twos do not.
            sessions.onRun(count -> {
                if (count == 2) {
                    throw InferenceException.deviceLost("the device is gone", null);
                }
            });
            var first = classify(runtime, 1);
            var second = classify(runtime, 2);
            assertThatThrownBy(() -> await(first)).hasRootCauseMessage("the device is gone");
            assertThatThrownBy(() -> await(second)).hasRootCauseMessage("the device is gone");
            untilBroken(runtime);
            assertThat(sessions.opened()).isEqualTo(3);
        }
    }

    @Test
    void failsWhereALostDeviceOpensNoSession() {
        try (ServingRuntime runtime = start()) {
            sessions.onRun(count -> {
                throw InferenceException.deviceLost("the device is gone", null);
            });
            var outcome = classify(runtime, 1);
            assertThatThrownBy(() -> await(outcome)).hasRootCauseMessage("the device is gone");
        }
    }

    @Test
    void feedsSeveralDevicesFromOneQueue() throws Exception {
        FakeSessions other = new FakeSessions();
        sessions.provider(ExecutionProvider.CUDA);
        other.provider(ExecutionProvider.CUDA);
        Path directory = FakePackages.write(repository, 1, "model");
        CountDownLatch bothRun = new CountDownLatch(2);
        try (ServingRuntime runtime =
                Runtimes.begun(FakeServing.config(directory, cache, Duration.ZERO), List.of(sessions, other))) {
            sessions.onRun(count -> meet(bothRun));
            other.onRun(count -> meet(bothRun));
            List<CompletableFuture<FrameOutcome>> outcomes = new ArrayList<>();
            for (int red = 20; red < 40; red++) {
                outcomes.add(classify(runtime, red));
            }
            for (CompletableFuture<FrameOutcome> outcome : outcomes) {
                assertThat(await(outcome)).isInstanceOf(FrameOutcome.Predicted.class);
            }
        }
        assertThat(other.open()).isZero();
        assertThat(other.misuses()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread that ran the batch tells its frames first. */
    private static void untilBroken(ServingRuntime runtime) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!runtime.isBroken() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(runtime.isBroken()).isTrue();
    }

    /** Each device's first run waits for the other's. */
    private static void meet(CountDownLatch latch) {
        latch.countDown();
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void rejectsAnImageThatCannotBeRead() throws Exception {
        try (ServingRuntime runtime = start()) {
            FrameOutcome.Rejected forbidden = (FrameOutcome.Rejected)
                    await(runtime.classify("http://example.com/a.jpg", runtime.currentModel(), new SilentListener()));
            assertThat(forbidden.reason()).isEqualTo(DeadLetterReason.FORBIDDEN_URI);
            FrameOutcome.Rejected text = (FrameOutcome.Rejected)
                    await(runtime.classify("data:text/plain,hello", runtime.currentModel(), new SilentListener()));
            assertThat(text.reason()).isEqualTo(DeadLetterReason.UNSUPPORTED_FORMAT);
            assertThat(text.stage()).isEqualTo(Stage.DECODE);
        }
    }

    @Test
    void answersWithTheVersionARestoredRecordIsPinnedTo() throws Exception {
        Path older = FakePackages.write(repository, 1, "older");
        ModelRef pinned = new ModelRepository().identify(older.toUri().toString());
        try (ServingRuntime runtime = start(2)) {
            var outcome = (FrameOutcome.Predicted)
                    await(runtime.classify(ColouredImages.uri(5), pinned, new SilentListener()));
            assertThat(outcome.model()).isEqualTo(pinned);
            assertThat(runtime.currentModel().version()).isEqualTo(2);
        }
        assertThat(sessions.opened()).isEqualTo(2);
    }

    @Test
    void answersWithTheCurrentVersionWhereThePinnedOneIsGoneAndSaysSo() throws Exception {
        ModelRef gone =
                new ModelRef("fake", 1, repository.resolve("fake/1").toUri().toString(), "0".repeat(64));
        try (ServingRuntime runtime = start(2)) {
            var outcome =
                    (FrameOutcome.Predicted) await(runtime.classify(ColouredImages.uri(5), gone, new SilentListener()));
            assertThat(outcome.model()).isEqualTo(runtime.currentModel());
        }
    }

    @Test
    void padsBatchesToAnAllowedSizeOnCudaOnly() throws Exception {
        sessions.provider(ExecutionProvider.CUDA);
        try (ServingRuntime runtime = start()) {
            List<CompletableFuture<FrameOutcome>> outcomes = new ArrayList<>();
            for (int red = 0; red < 3; red++) {
                outcomes.add(classify(runtime, red));
            }
            for (CompletableFuture<FrameOutcome> outcome : outcomes) {
                assertThat(await(outcome)).isInstanceOf(FrameOutcome.Predicted.class);
            }
        }
        // Warm-up at every allowed size, golden check, then three frames padded to four.
        assertThat(sessions.runs()).containsExactly(1, 2, 4, 1, 4);
    }

    @Test
    void failsWhatIsInFlightWhenClosed() {
        ServingRuntime runtime = start();
        var outcome = classify(runtime, 1);
        runtime.close();
        assertThatThrownBy(() -> await(outcome)).hasMessageContaining("the runtime is closed");
    }

    @Test
    void refusesAPackageThatIsMissing() {
        refuses(repository.resolve("nowhere"), "there is no manifest.json", true);
    }

    @Test
    void refusesAPackageWithADamagedFile() throws IOException {
        Path directory = FakePackages.write(repository, 1, "model");
        Files.writeString(directory.resolve("model.onnx"), "modem");
        refuses(directory, "model.onnx has sha-256", true);
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        Path directory = FakePackages.write(repository, 1, "model");
        Files.writeString(directory.resolve("model.onnx"), "mod");
        refuses(directory, "model.onnx has 3 bytes, the manifest says 5", true);
    }

    @Test
    void refusesAManifestThatIsTooLargeToBeOne() throws IOException {
        Path directory = FakePackages.write(repository, 1, "model");
        Files.write(directory.resolve("manifest.json"), new byte[(16 << 20) + 1]);
        refuses(directory, "manifest.json is not a manifest: it is larger than 16777216 bytes", true);
    }

    @Test
    void refusesAModelThatFailsItsGoldenCheckAndClosesIt() {
        sessions.onRun(count -> {
            if (sessions.runs().size() == 3) {
                throw InferenceException.internal("golden run", null);
            }
        });
        Path directory = FakePackages.write(repository, 1, "model");
        assertThatThrownBy(() -> start(directory)).hasMessageContaining("golden run");
    }

    @Test
    void closesAModelAgainThatIsReadyTooLate() throws Exception {
        Path directory = FakePackages.write(repository, 1, "model");
        ServingConfig config = FakeServing.config(directory, cache, LINGER, Duration.ofSeconds(2));
        CountDownLatch slow = new CountDownLatch(1);
        sessions.onRun(count -> await(slow));
        assertThatThrownBy(() -> Runtimes.begun(config, List.of(sessions))).hasMessageContaining("was not ready after");
        slow.countDown();
        Await.until("the model that came too late is closed", () -> sessions.open() == 0);
    }

    private void refuses(Path directory, String message, boolean permanent) {
        assertThatThrownBy(() -> start(directory))
                .isInstanceOfSatisfying(
                        ModelLoadException.class,
                        e -> assertThat(e.isPermanent()).isEqualTo(permanent))
                .hasMessageContaining(message)
                .hasMessageContaining(directory.getFileName().toString());
    }

    private ServingRuntime start() {
        return start(1);
    }

    private ServingRuntime start(int version) {
        return start(FakePackages.write(repository, version, "version " + version));
    }

    private ServingRuntime start(Path directory) {
        return Runtimes.begun(FakeServing.config(directory, cache, LINGER), List.of(sessions));
    }

    private static CompletableFuture<FrameOutcome> classify(ServingRuntime runtime, int red) {
        return runtime.classify(ColouredImages.uri(red), runtime.currentModel(), new SilentListener());
    }

    private static FrameOutcome await(CompletableFuture<FrameOutcome> outcome) throws Exception {
        return outcome.get(30, TimeUnit.SECONDS);
    }
}
