package io.alexstream.serving;

import static io.alexstream.contract.ModelStatus.State.ACTIVE;
import static io.alexstream.contract.ModelStatus.State.LOADING;
import static io.alexstream.contract.ModelStatus.State.REJECTED;
import static io.alexstream.contract.ModelStatus.State.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.inference.InferenceException;
import io.alexstream.testing.Await;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeServing;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.Niceness;
import io.alexstream.testing.SilentListener;
import io.alexstream.testing.Updates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Swaps in a runtime of fake sessions, which fail the test where ONNX Runtime would crash the process. */
@Timeout(120)
class ModelSwapperTest {

    @TempDir
    private Path repository;

    @TempDir
    private Path cache;

    private final FakeSessions sessions = new FakeSessions();
    private ServingRuntime runtime;
    private ModelSwapper models;

    @BeforeEach
    void begin() {
        begin(Duration.ofSeconds(30));
    }

    private void begin(Duration loadTimeout) {
        Path first = version(1);
        runtime = ServingRuntimeFactory.start(
                FakeServing.config(first, cache, Duration.ZERO, loadTimeout), List.of(sessions));
        runtime.begin(first.toUri().toString(), null);
        models = runtime.models();
    }

    @AfterEach
    void leavesNothingOpen() throws IOException {
        runtime.close();
        assertThat(sessions.misuses()).isEmpty();
        assertThat(sessions.open()).isZero();
        try (var left = Files.list(cache)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void servesTheNewVersionAndRetiresTheOld() throws Exception {
        swap(Updates.to(version(2), 5));
        assertThat(models.serving().model().version()).isEqualTo(2);
        assertThat(models.serving().update()).isEqualTo(new UpdatePosition(0, 5));
        awaitTold(tuple(RETIRED, 1, null));
        assertThat(told()).containsExactly(tuple(LOADING, 2, 5L), tuple(ACTIVE, 2, 5L), tuple(RETIRED, 1, null));
        assertThat(answeredBy(models.serving().model()).version()).isEqualTo(2);
    }

    @Test
    void saysHowLongTheLoadTookAndWhatItRunsOn() throws Exception {
        swap(Updates.to(version(2), 0));
        assertThat(models.eventsSince(1).events().get(0)).satisfies(active -> {
            assertThat(active.executionProvider()).isEqualTo(sessionsProvider());
            assertThat(active.times()).isNotNull();
        });
    }

    private io.alexstream.inference.ExecutionProvider sessionsProvider() {
        return runtime.executionProvider();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void givesALowPriorityToLoadsBesideServingAlone() throws Exception {
        int usual = Niceness.ofThisThread();
        List<Integer> niceness = new CopyOnWriteArrayList<>();
        runtime.close();
        sessions.onOpen(model -> niceness.add(Niceness.ofThisThread()));
        begin();
        swap(Updates.to(version(2), 0));
        assertThat(niceness).containsExactly(usual, Niceness.lowered(usual));
    }

    @Test
    void servesTheOldVersionWhileTheNewOneLoads() throws Exception {
        CountDownLatch load = new CountDownLatch(1);
        sessions.onOpen(model -> await(load));
        var swap = models.request(Updates.to(version(2), 0));
        assertThat(answeredBy(models.serving().model()).version()).isEqualTo(1);
        assertThat(swap).isNotDone();
        load.countDown();
        swap.get(40, TimeUnit.SECONDS);
        assertThat(models.serving().model().version()).isEqualTo(2);
    }

    @Test
    void keepsTheOldVersionOpenUntilItsLastLeaseEnds() throws Exception {
        ModelLease lease = models.lease();
        swap(Updates.to(version(2), 0));
        assertThat(sessions.open()).isEqualTo(2);
        assertThat(answeredBy(lease.version().model()).version()).isEqualTo(1);
        assertThat(told()).doesNotContain(tuple(RETIRED, 1, null));
        lease.close();
        awaitOpen(1);
        assertThat(sessions.opened()).isEqualTo(2);
    }

    @Test
    void loadsNoThirdVersionBeforeTheFirstHasClosed() throws Exception {
        ModelLease lease = models.lease();
        swap(Updates.to(version(2), 0));
        var third = models.request(Updates.to(version(3), 1));
        assertThat(third).isNotDone();
        assertThat(sessions.opened()).isEqualTo(2);
        lease.close();
        third.get(40, TimeUnit.SECONDS);
        assertThat(models.serving().model().version()).isEqualTo(3);
    }

    @Test
    void keepsTheOldVersionWhereTheNewOneIsRefusedAndLeaksNothing() throws Exception {
        Path damaged = version(2);
        PublishedUpdate update = Updates.to(damaged, 0);
        Files.writeString(damaged.resolve("model.onnx"), "other");
        swap(update);
        assertThat(models.serving().model().version()).isEqualTo(1);
        assertThat(models.eventsSince(1).events()).singleElement().satisfies(event -> {
            assertThat(event.state()).isEqualTo(REJECTED);
            assertThat(event.reason()).contains("model.onnx").contains("manifest says");
        });
        assertThat(sessions.open()).isEqualTo(1);
        assertThat(answeredBy(models.serving().model()).version()).isEqualTo(1);
    }

    @Test
    void beginsASubtaskThatComesLateWithTheNewestRefusal() throws Exception {
        assertThat(models.standing().refused()).isEmpty();
        swap(Updates.to(none(9), 0));
        assertThat(models.standing().refused())
                .extracting(event -> event.model().version())
                .containsExactly(9);
        assertThat(models.standing().active().model().version()).isEqualTo(1);
        swap(Updates.to(version(2), 1));
        assertThat(models.standing().refused()).isEmpty();
    }

    @Test
    void tellsASubtaskThatComesLateOfARefusalThatItDidNotDecide() throws Exception {
        PublishedUpdate update = Updates.to(version(2), 3);
        models.refuse(update, "not from here");
        models.refuse(update, "not from here");
        assertThat(told()).containsExactly(tuple(REJECTED, 2, 3L));
        assertThat(models.standing().refused()).extracting(ModelEvent::reason).containsExactly("not from here");
        swap(Updates.to(version(3), 4));
        assertThat(models.standing().refused()).isEmpty();
    }

    @Test
    void tellsASubtaskThatComesLateOfEachKindOfRefusal() throws Exception {
        models.refused(none(5), new UpdatePosition(0, 7), "gone");
        models.refuse(Updates.to(version(2), 3), "not from here");
        swap(Updates.to(none(9), 8));
        assertThat(models.standing().refused())
                .extracting(event -> event.model().version())
                .containsExactly(5, 2, 9);
        assertThat(models.hasRefused(new UpdatePosition(0, 7))).isTrue();
        assertThat(models.hasRefused(new UpdatePosition(0, 3)))
                .as("nobody asked")
                .isFalse();
    }

    @Test
    void refusesAPackageWithAnotherChecksumThanTheUpdateSays() throws Exception {
        PublishedUpdate update = Updates.to(version(2), 0);
        FakePackages.write(repository, 2, "written over");
        swap(update);
        assertThat(reason()).contains("manifest.json has sha-256");
    }

    @Test
    void refusesAPackageThatIsMissing() throws Exception {
        swap(Updates.to(
                new ModelRef("fake", 9, repository.resolve("none").toUri().toString(), "0".repeat(64)), 0));
        assertThat(reason()).contains("there is no manifest.json");
    }

    @Test
    void refusesAPackageThatIsNotTheVersionAnnounced() throws Exception {
        ModelRef two = Updates.to(version(2), 0).update().modelRef();
        swap(Updates.to(new ModelRef("fake", 8, two.uri(), two.sha256()), 0));
        assertThat(reason()).contains("is fake:2, the update says fake:8");
        awaitOpen(1);
    }

    @Test
    void refusesAnotherVersionNumberForWhatServes() throws Exception {
        ModelRef one = models.serving().model();
        swap(Updates.to(new ModelRef("fake", 99, one.uri(), one.sha256()), 0));
        assertThat(reason()).contains("is fake:1, the update says fake:99");
    }

    @Test
    void remembersThePlaceThatThePackageHasMovedTo() throws Exception {
        ModelRef one = models.serving().model();
        ModelRef moved = new ModelRef(
                one.name(), one.version(), repository.resolve("moved").toString(), one.sha256());
        swap(Updates.to(moved, 0));
        assertThat(models.serving().model()).isEqualTo(moved);
        assertThat(answeredBy(moved).version()).isEqualTo(1);
    }

    @Test
    void saysWhenItSettlesToWhoeverPassesTheSameUpdateOnLater() throws Exception {
        CountDownLatch load = new CountDownLatch(1);
        sessions.onOpen(model -> await(load));
        PublishedUpdate update = Updates.to(version(2), 0);
        models.request(update);
        var again = models.request(update);
        assertThat(again).isNotDone();
        load.countDown();
        again.get(40, TimeUnit.SECONDS);
        assertThat(models.serving().model().version()).isEqualTo(2);
    }

    @Test
    void tellsNoSecretsAndNoNovels() throws Exception {
        ModelRef ref = new ModelRef("fake", 2, "s3://key:secret@bucket/" + "x".repeat(5000), "0".repeat(64));
        swap(Updates.to(ref, 0));
        assertThat(reason()).doesNotContain("secret").hasSizeLessThan(1100);
    }

    @Test
    void closesWhatFailsItsWarmUp() throws Exception {
        sessions.onRun(count -> {
            throw InferenceException.internal("no such kernel", null);
        });
        swap(Updates.to(version(2), 0));
        assertThat(reason()).contains("no such kernel");
        assertThat(sessions.open()).isEqualTo(1);
    }

    @Test
    void closesWhatRunsOutOfMemory() throws Exception {
        sessions.onRun(count -> {
            throw new OutOfMemoryError("Java heap space");
        });
        swap(Updates.to(version(2), 0));
        assertThat(reason()).contains("too little heap memory").contains("taskmanager.memory.task.heap.size");
        assertThat(sessions.open()).isEqualTo(1);
        sessions.onRun(count -> {});
        assertThat(answeredBy(models.serving().model()).version()).isEqualTo(1);
    }

    @Test
    void givesUpALoadThatTakesTooLongAndLoadsTheNextOne() throws Exception {
        runtime.close();
        begin(Duration.ofSeconds(3));
        CountDownLatch hung = new CountDownLatch(1);
        sessions.onOpen(model -> await(hung));
        swap(Updates.to(version(2), 0));
        assertThat(reason()).contains("was not ready after 3 s; raise model.load-timeout");
        sessions.onOpen(model -> {});
        swap(Updates.to(version(3), 1));
        assertThat(models.serving().model().version()).isEqualTo(3);
        hung.countDown();
        // The one that hung ends, and what it opened is closed again.
        Await.until("three versions were opened", () -> sessions.opened() >= 4);
        awaitOpen(1);
    }

    @Test
    void letsANewerUpdateOvertakeOneThatLoads() throws Exception {
        CountDownLatch load = new CountDownLatch(1);
        sessions.onOpen(model -> await(load));
        var second = models.request(Updates.to(version(2), 0));
        Await.until("version 2 loads", () -> told().contains(tuple(LOADING, 2, 0L)));
        var third = models.request(Updates.to(version(3), 1));
        load.countDown();
        third.get(40, TimeUnit.SECONDS);
        assertThat(second).isDone();
        awaitTold(tuple(RETIRED, 1, null));
        assertThat(told())
                .containsExactly(
                        tuple(LOADING, 2, 0L),
                        tuple(LOADING, 3, 1L),
                        tuple(REJECTED, 2, 0L),
                        tuple(ACTIVE, 3, 1L),
                        tuple(RETIRED, 1, null));
        assertThat(reason()).isEqualTo("overtaken by version 3 (offset 1)");
    }

    @Test
    void servesOnlyTheNewestOfAStormOfUpdates() throws Exception {
        CountDownLatch load = new CountDownLatch(1);
        sessions.onOpen(model -> await(load));
        for (int i = 0; i < 50; i++) {
            models.request(Updates.to(version(2 + i), i));
        }
        load.countDown();
        Await.until("version 51 serves", () -> models.serving().model().version() == 51);
        awaitOpen(1);
        // The first, the one that was overtaken, and the last: the others were never loaded.
        assertThat(sessions.opened()).isLessThanOrEqualTo(3);
        assertThat(models.eventsSince(0).events())
                .filteredOn(event -> event.state() == REJECTED)
                .hasSize(49);
    }

    @Test
    void goesBackAtOnceToTheVersionThatServesWhileAnotherLoads() throws Exception {
        CountDownLatch load = new CountDownLatch(1);
        sessions.onOpen(model -> await(load));
        var second = models.request(Updates.to(version(2), 0));
        var back = models.request(Updates.to(models.serving().model(), 1));
        back.get(40, TimeUnit.SECONDS);
        assertThat(models.serving().update()).isEqualTo(new UpdatePosition(0, 1));
        load.countDown();
        second.get(40, TimeUnit.SECONDS);
        Await.until("version 2 is closed", () -> sessions.open() == 1);
        assertThat(models.serving().model().version()).isEqualTo(1);
        assertThat(reason()).isEqualTo("overtaken by version 1, which is served already");
    }

    @Test
    void goesBackToAVersionOnItsWayOutWithoutLoadingIt() throws Exception {
        ModelRef first = models.serving().model();
        ModelLease lease = models.lease();
        swap(Updates.to(version(2), 0));
        swap(Updates.to(first, 1));
        lease.close();
        awaitOpen(1);
        assertThat(sessions.opened()).isEqualTo(2);
        assertThat(answeredBy(models.serving().model())).isEqualTo(first);
    }

    @Test
    void countsAnUpdateOnceThatSeveralSubtasksPassOn() throws Exception {
        PublishedUpdate update = Updates.to(version(2), 7);
        swap(update);
        swap(update);
        swap(Updates.to(version(3), 6));
        assertThat(models.serving().model().version()).isEqualTo(2);
        awaitTold(tuple(RETIRED, 1, null));
        assertThat(told()).hasSize(3);
    }

    @Test
    void takesAModelOfLargerFramesAndOfSmallerOnesAgain() throws Exception {
        for (int side : List.of(32, 6)) {
            Path other = FakePackages.write(repository, "fake", 100 + side, "other size", side);
            swap(Updates.to(other, side == 32 ? 0 : 1));
            assertThat(models.serving().model().version()).isEqualTo(100 + side);
            assertThat(answeredBy(models.serving().model()).version()).isEqualTo(100 + side);
        }
    }

    @Test
    void losesNoFrameAndRunsNoClosedSessionOverManySwaps() throws Exception {
        // Every frame is stamped, as a subtask does it, with whatever serves at that moment.
        for (int i = 0; i < 100; i++) {
            var swap = models.request(Updates.to(version(2 + i % 2), i));
            while (!swap.isDone()) {
                ModelLease lease = models.lease();
                var outcome =
                        runtime.classify(ColouredImages.uri(9), lease.version().model(), new SilentListener());
                lease.close();
                assertThat(outcome.get(40, TimeUnit.SECONDS)).isInstanceOf(FrameOutcome.Predicted.class);
            }
        }
        awaitOpen(1);
        assertThat(models.eventsSince(0).events())
                .filteredOn(event -> event.state() == ACTIVE)
                .hasSize(100);
    }

    @Test
    void failsWhereNothingHasBegun() {
        assertThatThrownBy(() -> models.request(new PublishedUpdate(0, 3, null)))
                .hasMessageContaining("holds no update");
    }

    /** A version that no repository holds. */
    private ModelRef none(int version) {
        return new ModelRef("fake", version, repository.resolve("none").toString(), "0".repeat(64));
    }

    private Path version(int number) {
        return FakePackages.write(repository, number, "version " + number);
    }

    private void swap(PublishedUpdate update) throws Exception {
        models.request(update).get(60, TimeUnit.SECONDS);
    }

    private void awaitOpen(int count) {
        Await.until(count + " open", () -> sessions.open() == count);
    }

    /** A little after the session has closed. */
    private void awaitTold(Tuple event) {
        Await.until(event + " is told", () -> told().contains(event));
    }

    private List<Tuple> told() {
        return models.eventsSince(0).events().stream()
                .map(event -> tuple(
                        event.state(),
                        event.model().version(),
                        event.update() == null ? null : event.update().offset()))
                .toList();
    }

    private String reason() {
        return models.eventsSince(0).events().stream()
                .filter(event -> event.state() == REJECTED)
                .map(ModelEvent::reason)
                .findFirst()
                .orElseThrow();
    }

    private ModelRef answeredBy(ModelRef pinned) throws Exception {
        return ((FrameOutcome.Predicted) runtime.classify(ColouredImages.uri(9), pinned, new SilentListener())
                        .get(40, TimeUnit.SECONDS))
                .model();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
