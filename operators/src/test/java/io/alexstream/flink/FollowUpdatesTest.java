package io.alexstream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.serving.ServingRuntime;
import io.alexstream.testing.Await;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.SilentListener;
import io.alexstream.testing.Updates;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@link PinModelVersionTest} leaves: the operator beside the elements goes on when theirs is restored. */
@Timeout(120)
class FollowUpdatesTest {

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
    void asksTheNextRuntimeWhereOneIsBroken() throws Exception {
        try (SwapHarness harness = new SwapHarness(access(), 0).opened()) {
            harness.update(update(2, 0));
            awaitVersion(harness, 2);
            breakRuntime(harness);

            assertThat(harness.failsElements(100)).hasMessageContaining("this subtask needs another");
            harness.passTime(100);

            // Nobody publishes it once more.
            awaitVersion(harness, 2);
            harness.update(update(3, 1));
            awaitVersion(harness, 3);
        }
    }

    @Test
    void refusesOnceWhatIsPublishedToATopicThatWasMadeAnew() throws Exception {
        PublishedUpdate second = update(2, 12);
        PublishedUpdate afterIt = later(update(3, 0));
        SwapHarness.State state;
        try (SwapHarness harness = new SwapHarness(access(), 0).opened()) {
            harness.update(second);
            awaitVersion(harness, 2);
            state = harness.snapshot();
        }
        try (SwapHarness harness = new SwapHarness(access(), 0).restored(state).opened()) {
            harness.update(second);
            harness.update(afterIt);
            harness.update(afterIt);
            harness.update(later(Updates.to(FakePackages.write(folder, "other", 9, "another model", 8), 1)));
            harness.passTime(100);

            assertThat(harness.statuses())
                    .filteredOn(status -> status.state() == ModelStatus.State.REJECTED)
                    .singleElement()
                    .satisfies(status -> {
                        assertThat(status.version()).isEqualTo(3);
                        assertThat(status.update()).isEqualTo(afterIt.position());
                        assertThat(status.reason()).contains("offset 0", "12", "made anew", "--drain");
                    });
            awaitVersion(harness, 2);
            harness.update(later(update(4, 13)));
            awaitVersion(harness, 4);
        }
    }

    private static PublishedUpdate later(PublishedUpdate published) {
        ModelUpdate update = Objects.requireNonNull(published.update());
        Instant at = update.publishedAt().plusSeconds(60);
        return new PublishedUpdate(
                published.partition(),
                published.offset(),
                new ModelUpdate(update.name(), update.version(), update.uri(), update.sha256(), at));
    }

    private RuntimeAccess access() {
        return new RuntimeAccess(options, FollowUpdatesTest::fakes);
    }

    /** A device that does not answer any more ends its runtime. */
    private static void breakRuntime(SwapHarness harness) {
        sessions.onRun(count -> {
            throw InferenceException.deviceLost("the device is gone", null);
        });
        try (RuntimeAccess.Opened opened = harness.runtime()) {
            ServingRuntime runtime = opened.runtime();
            var unused = runtime.classify(
                    ColouredImages.uri(50), Objects.requireNonNull(runtime.currentModel()), new SilentListener());
            Await.until("the runtime is broken", runtime::isBroken);
        }
        sessions.onRun(count -> {});
    }

    private static void awaitVersion(SwapHarness harness, int version) {
        try (RuntimeAccess.Opened opened = harness.runtime()) {
            Await.until(
                    "version " + version,
                    () -> opened.runtime().models().serving().model().version() == version);
        }
    }

    private static SessionFactory fakes(SessionOptions ignored) {
        return sessions;
    }

    private PublishedUpdate update(int version, long offset) {
        return Updates.to(version(version), offset);
    }

    private Path version(int number) {
        return FakePackages.write(folder.resolve("repository"), number, "version " + number);
    }
}
