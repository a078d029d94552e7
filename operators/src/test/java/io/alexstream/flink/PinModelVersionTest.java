package io.alexstream.flink;

import static io.alexstream.contract.ModelStatus.State.ACTIVE;
import static io.alexstream.contract.ModelStatus.State.LOADING;
import static io.alexstream.contract.ModelStatus.State.REJECTED;
import static io.alexstream.contract.ModelStatus.State.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.inference.SessionOptions;
import io.alexstream.testing.Await;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.Updates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operators of the swap in Flink's harness, which owns their processing time, with models without weights. */
@Timeout(120)
class PinModelVersionTest {

    /** Static, since the operator under test is serialised. */
    private static FakeSessions sessions = new FakeSessions();

    @TempDir
    private Path folder;

    private final Configuration options = new Configuration();

    @BeforeEach
    void configure() {
        sessions = new FakeSessions();
        options.set(ClassificationOptions.MODEL_PACKAGE, version(1).toUri().toString());
        options.set(
                ClassificationOptions.MODEL_CACHE_DIR, folder.resolve("cache").toString());
    }

    @AfterEach
    void leavesNothingOpen() {
        assertThat(sessions.misuses()).isEmpty();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void reportsAnUpdateThatGoesLiveOnAnIdleStream() throws Exception {
        try (var harness = opened(0)) {
            harness.update(update(2, 7));
            awaitStatus(harness, tuple(ACTIVE, 2, 7L));
            awaitStatus(harness, tuple(RETIRED, 1, null));
            assertThat(statuses(harness))
                    .containsExactly(
                            tuple(ACTIVE, 1, null),
                            tuple(LOADING, 2, 7L),
                            tuple(ACTIVE, 2, 7L),
                            tuple(RETIRED, 1, null));
            assertThat(last(harness, ACTIVE)).satisfies(status -> {
                assertThat(status.subtask()).isZero();
                assertThat(status.parallelism()).isOne();
                assertThat(status.executionProvider()).isEqualTo("CPU");
                assertThat(status.loadMillis()).isNotNull();
                assertThat(status.warmUpMillis()).isNotNull();
                assertThat(status.jobId()).hasSize(32);
                assertThat(status.host()).isNotBlank();
            });
        }
    }

    @Test
    void stampsElementsWithWhatServesAtThatMoment() throws Exception {
        try (var harness = opened(0)) {
            CountDownLatch load = new CountDownLatch(1);
            sessions.onOpen(model -> await(load));
            harness.element("before");
            harness.update(update(2, 0));
            harness.element("meanwhile");
            load.countDown();
            awaitStatus(harness, tuple(ACTIVE, 2, 0L));
            harness.element("after");
            assertThat(harness.pinned())
                    .extracting(PinnedElement::element, pinned -> pinned.model().version())
                    .containsExactly(tuple("before", 1), tuple("meanwhile", 1), tuple("after", 2));
        }
    }

    @Test
    void ignoresAnotherModelsUpdatesAndRecordsWithoutOne() throws Exception {
        Path other = FakePackages.write(folder.resolve("repository"), "other", 5, "other", FakePackages.SIDE);
        try (var harness = opened(0)) {
            harness.update(Updates.to(other, 0));
            harness.update(new PublishedUpdate(0, 1, null));
            harness.update(update(2, 2));
            awaitStatus(harness, tuple(ACTIVE, 2, 2L));
            assertThat(statuses(harness))
                    .extracting(tuple -> tuple.toList().get(1))
                    .doesNotContain(5);
        }
    }

    @Test
    void reportsARefusalAndStampsOn() throws Exception {
        PublishedUpdate update = update(2, 0);
        Files.writeString(folder.resolve("repository/fake/2/model.onnx"), "damaged");
        try (var harness = opened(0)) {
            harness.update(update);
            awaitStatus(harness, tuple(REJECTED, 2, 0L));
            assertThat(last(harness, REJECTED).reason()).contains("model.onnx");
            harness.element("on");
            assertThat(harness.pinned())
                    .extracting(pinned -> pinned.model().version())
                    .containsExactly(1);
        }
    }

    @Test
    void collapsesTheHistoryOfAFreshStart() throws Exception {
        try (var harness = opened(3)) {
            harness.update(update(2, 0));
            harness.update(update(3, 1));
            assertThat(sessions.opened()).isOne();
            harness.update(update(4, 2));
            awaitStatus(harness, tuple(ACTIVE, 4, 2L));
            assertThat(statuses(harness)).doesNotContain(tuple(LOADING, 2, 0L), tuple(LOADING, 3, 1L));
        }
    }

    @Test
    void doesNotWaitForEverForAnEndOfHistoryThatIsNeverRead() throws Exception {
        try (var harness = opened(30)) {
            harness.update(update(2, 0));
            harness.passTime(4_900);
            assertThat(sessions.opened()).isOne();
            harness.passTime(200);
            awaitStatus(harness, tuple(ACTIVE, 2, 0L));
        }
    }

    @Test
    void restoresTheNewestVersionThatAnySubtaskServed() throws Exception {
        SwapHarness.State behind = stateAfter(update(2, 0));
        SwapHarness.State ahead = stateAfter(update(3, 1));
        var both = SwapHarness.State.of(behind, ahead);
        int before = sessions.opened();
        try (var harness = harness(9)) {
            harness.restored(both);
            harness.opened();
            harness.element("first");
            assertThat(harness.pinned())
                    .extracting(pinned -> pinned.model().version())
                    .containsExactly(3);
            assertThat(statuses(harness)).containsExactly(tuple(ACTIVE, 3, 1L));
            // Neither the package of the options nor the version that was overtaken is loaded, nor the same one again.
            harness.update(update(3, 1));
            harness.update(update(2, 0));
            harness.passTime(100);
            assertThat(sessions.opened()).isEqualTo(before + 1);
        }
    }

    @Test
    void loadsAfterARestoreWhatWasStillLoadingBefore() throws Exception {
        SwapHarness.State state;
        CountDownLatch load = new CountDownLatch(1);
        try (var harness = opened(0)) {
            sessions.onOpen(model -> await(load));
            harness.update(update(2, 4));
            state = harness.snapshot();
            load.countDown();
        }
        try (var harness = harness(9)) {
            harness.restored(state);
            harness.opened();
            assertThat(statuses(harness).get(0)).isEqualTo(tuple(ACTIVE, 1, null));
            awaitStatus(harness, tuple(ACTIVE, 2, 4L));
        }
    }

    @Test
    void servesTheOptionsPackageWhereTheRestoredOneIsGoneAndReportsIt() throws Exception {
        SwapHarness.State state = stateAfter(update(2, 0));
        Files.delete(folder.resolve("repository/fake/2/manifest.json"));
        try (var harness = harness(0)) {
            harness.restored(state);
            harness.opened();
            assertThat(statuses(harness)).startsWith(tuple(ACTIVE, 1, null), tuple(REJECTED, 2, 0L));
            harness.element("first");
            assertThat(harness.pinned())
                    .extracting(pinned -> pinned.model().version())
                    .containsExactly(1);
        }
    }

    @Test
    void failsForGoodWhereTheOptionsPackageIsGoneToo() throws Exception {
        SwapHarness.State state = stateAfter(update(2, 0));
        Files.delete(folder.resolve("repository/fake/2/manifest.json"));
        Files.delete(folder.resolve("repository/fake/1/manifest.json"));
        try (var harness = harness(0)) {
            harness.restored(state);
            assertThatThrownBy(harness::opened)
                    .isInstanceOf(SuppressRestartsException.class)
                    .rootCause()
                    .hasMessageContaining("there is no manifest.json");
        }
    }

    @Test
    void needsNoPackageOfTheOptionsWhereTheRestoredOneIsThere() throws Exception {
        SwapHarness.State state = stateAfter(update(2, 0));
        Files.delete(folder.resolve("repository/fake/1/manifest.json"));
        try (var harness = harness(0)) {
            harness.restored(state);
            harness.opened();
            assertThat(statuses(harness)).containsExactly(tuple(ACTIVE, 2, 0L));
        }
    }

    @Test
    void doesNotRestartForAPackageThatIsMissing() throws Exception {
        options.set(
                ClassificationOptions.MODEL_PACKAGE,
                folder.resolve("nowhere").toUri().toString());
        try (var harness = new OneInputStreamOperatorTestHarness<String, PinnedElement<String>>(
                new PinPackagedModel<>(new RuntimeAccess(options, PinModelVersionTest::fakes)))) {
            assertThatThrownBy(harness::open)
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasRootCauseInstanceOf(java.io.FileNotFoundException.class);
        }
    }

    private SwapHarness.State stateAfter(PublishedUpdate update) throws Exception {
        try (var harness = opened(0)) {
            harness.update(update);
            awaitStatus(harness, tuple(ACTIVE, update.update().version(), update.offset()));
            return harness.snapshot();
        }
    }

    private SwapHarness opened(long historyEnd) throws Exception {
        return harness(historyEnd).opened();
    }

    private SwapHarness harness(long historyEnd) throws Exception {
        return new SwapHarness(new RuntimeAccess(options, PinModelVersionTest::fakes), historyEnd);
    }

    private static io.alexstream.inference.SessionFactory fakes(SessionOptions ignored) {
        return sessions;
    }

    private void awaitStatus(SwapHarness harness, Tuple expected) {
        Await.until("status " + expected, () -> {
            try {
                harness.passTime(100);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return statuses(harness).contains(expected);
        });
    }

    private static List<Tuple> statuses(SwapHarness harness) {
        return harness.statuses().stream()
                .map(status -> tuple(
                        status.state(),
                        status.version(),
                        status.update() == null ? null : status.update().offset()))
                .toList();
    }

    private static ModelStatus last(SwapHarness harness, ModelStatus.State state) {
        return harness.statuses().stream()
                .filter(status -> status.state() == state)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private PublishedUpdate update(int version, long offset) {
        return Updates.to(version(version), offset);
    }

    private Path version(int number) {
        return FakePackages.write(folder.resolve("repository"), number, "version " + number);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
