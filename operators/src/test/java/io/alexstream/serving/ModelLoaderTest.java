package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.batching.BatchPolicy;
import io.alexstream.batching.MicroBatcher;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.Niceness;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {

    private static final List<Integer> SIZES = List.of(1, 2, 4);

    @TempDir
    private Path directory;

    private final FakeSessions sessions = new FakeSessions();
    private final Abandonment abandonment = new Abandonment();
    private ModelCache cache;
    private ModelLoader loader;
    private String uri;
    private String sha256;

    @BeforeEach
    void makePackage() {
        BatchPolicy policy = new BatchPolicy(4, Duration.ZERO, 3);
        cache = ModelCache.open(directory.resolve("cache"));
        loader = new ModelLoader(
                new ModelRepository(),
                cache,
                List.of(sessions),
                new FrameMemory(policy, new MicroBatcher<>(policy, System::nanoTime, ByteBuffer::allocateDirect)),
                System::nanoTime,
                new LowPriority(Thread::new),
                new RunSizes(SIZES, 1),
                1,
                Runnable::run);
        uri = FakePackages.write(directory.resolve("models"), 1, "a model")
                .toUri()
                .toString();
        sha256 = new ModelRepository().identify(uri).sha256();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void warmsUpTheSmallestAndTheLargestBatchOnCpuThenAsksTheGoldenFrames() {
        loader.load(uri, sha256, abandonment).retire();
        assertThat(sessions.runs()).containsExactly(1, 4, 1);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void onlyALoadBesideServingHasALowPriority() {
        List<Integer> niceness = recorded();
        int usual = Niceness.ofThisThread();
        loader.load(uri, sha256, abandonment).retire();
        assertThat(niceness).containsExactly(usual, usual, usual, usual);
        niceness.clear();
        loader.loadBesideServing(uri, sha256, abandonment).retire();
        assertThat(niceness)
                .containsExactly(
                        Niceness.lowered(usual),
                        Niceness.lowered(usual),
                        Niceness.lowered(usual),
                        Niceness.lowered(usual));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void aSessionThatStartsThreadsOfItsOwnIsOpenedAtThePriorityAtWhichItWillServe() {
        sessions.sharesThreads(false);
        List<Integer> niceness = recorded();
        loader.loadBesideServing(uri, sha256, abandonment).retire();
        assertThat(niceness).hasSize(4).containsOnly(Niceness.ofThisThread());
    }

    @Test
    void endsBeforeTheNextStepWhereNobodyWaits() {
        sessions.onRun(size -> abandonment.abandon());
        assertThatThrownBy(() -> loader.load(uri, sha256, abandonment))
                .isInstanceOf(Abandonment.AbandonedException.class);
        assertThat(sessions.runs()).containsExactly(1);
        assertThat(sessions.open()).isZero();
    }

    /** Of the thread that opens the session, and of each run. */
    private List<Integer> recorded() {
        List<Integer> niceness = new ArrayList<>();
        sessions.onOpen(model -> niceness.add(Niceness.ofThisThread()));
        sessions.onRun(size -> niceness.add(Niceness.ofThisThread()));
        return niceness;
    }
}
