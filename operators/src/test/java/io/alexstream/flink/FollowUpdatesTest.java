package io.alexstream.flink;

import static org.assertj.core.api.Assertions.assertThat;

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
        try (SwapHarness harness = new SwapHarness(new RuntimeAccess(options, FollowUpdatesTest::fakes), 0).opened()) {
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
