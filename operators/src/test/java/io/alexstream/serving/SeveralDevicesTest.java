package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceException;
import io.alexstream.testing.Await;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeServing;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.Runtimes;
import io.alexstream.testing.SilentListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What CUDA asks of us, against two devices that only pretend to be of it. */
@Timeout(120)
class SeveralDevicesTest {

    private static final int FRAMES = 60;

    @TempDir
    private Path repository;

    @TempDir
    private Path cache;

    private final FakeSessions first = new FakeSessions();
    private final FakeSessions second = new FakeSessions();

    @BeforeEach
    void pretendToBeCuda() {
        first.provider(ExecutionProvider.CUDA);
        second.provider(ExecutionProvider.CUDA);
    }

    @AfterEach
    void leavesNothingOpen() {
        for (FakeSessions device : List.of(first, second)) {
            assertThat(device.misuses()).isEmpty();
            Await.until("all sessions closed", () -> device.open() == 0);
        }
    }

    /** ONNX Runtime's memory grows when runs of a session change threads (its issue 29351). */
    @Test
    void runsEachDevicesBatchesOnOneThreadOfItsOwn() throws Exception {
        Set<String> firstThreads = ConcurrentHashMap.newKeySet();
        Set<String> secondThreads = ConcurrentHashMap.newKeySet();
        CountDownLatch bothRun = new CountDownLatch(2);
        try (ServingRuntime runtime = start()) {
            first.onRun(count -> note(firstThreads, bothRun));
            second.onRun(count -> note(secondThreads, bothRun));
            classifyAll(runtime);
        }
        assertThat(firstThreads).hasSize(1);
        assertThat(secondThreads).hasSize(1).doesNotContainAnyElementsOf(firstThreads);
    }

    @Test
    void warmsEveryDeviceAtEveryAllowedSizeAndRunsNoOther() throws Exception {
        try (ServingRuntime runtime = start()) {
            // The warm-up, then the golden check.
            assertThat(first.runs()).containsExactly(1, 2, 4, 1);
            assertThat(second.runs()).containsExactly(1, 2, 4, 1);
            classifyAll(runtime);
        }
        assertThat(first.runs()).isSubsetOf(1, 2, 4);
        assertThat(second.runs()).isSubsetOf(1, 2, 4);
    }

    @Test
    void warmsASessionThatIsOpenedAgainAsTheFirstOne() throws Exception {
        AtomicBoolean lost = new AtomicBoolean();
        try (ServingRuntime runtime = start()) {
            first.onRun(count -> loseOnce(lost));
            second.onRun(count -> loseOnce(lost));
            classifyAll(runtime);
        }
        FakeSessions rebuilt = first.opened() == 2 ? first : second;
        assertThat(first.opened() + second.opened()).isEqualTo(3);
        int lostAt = 4;
        assertThat(rebuilt.runs().subList(lostAt + 1, lostAt + 5)).containsExactly(1, 2, 4, 1);
    }

    private static void loseOnce(AtomicBoolean lost) {
        if (lost.compareAndSet(false, true)) {
            throw InferenceException.deviceLost("the device was reset", null);
        }
    }

    private static void note(Set<String> threads, CountDownLatch bothRun) {
        threads.add(Thread.currentThread().getName() + Thread.currentThread().getId());
        bothRun.countDown();
        try {
            // Both devices take part: neither goes on before the other has begun.
            assertThat(bothRun.await(40, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ServingRuntime start() {
        Path directory = FakePackages.write(repository, 1, "model");
        return Runtimes.begun(FakeServing.config(directory, cache, Duration.ZERO), List.of(first, second));
    }

    private static void classifyAll(ServingRuntime runtime) throws Exception {
        List<CompletableFuture<FrameOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            outcomes.add(runtime.classify(ColouredImages.uri(20 + i), runtime.currentModel(), new SilentListener()));
        }
        for (CompletableFuture<FrameOutcome> outcome : outcomes) {
            assertThat(outcome.get(40, TimeUnit.SECONDS)).isInstanceOf(FrameOutcome.Predicted.class);
        }
    }
}
