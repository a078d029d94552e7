package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.batching.BatchPolicy;
import io.alexstream.batching.MicroBatcher;
import io.alexstream.batching.Slot;
import io.alexstream.contract.ModelRef;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.SilentListener;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchWorkerTest {

    @TempDir
    private Path directory;

    private final Traffic traffic = new Traffic(2);
    private final FakeSessions sessions = new FakeSessions();
    private final MicroBatcher<ServedModel, Frame> batcher =
            new MicroBatcher<>(new BatchPolicy(4, Duration.ZERO, 3), System::nanoTime, ByteBuffer::allocateDirect);

    @ParameterizedTest
    @EnumSource(ExecutionProvider.class)
    void takesTheCoresForARunOnCpuAlone(ExecutionProvider provider) throws Exception {
        sessions.provider(provider);
        try (ModelCache cache = ModelCache.open(directory.resolve("cache"))) {
            ServedModel model = loaded(cache);
            List<Boolean> busy = new ArrayList<>();
            sessions.onRun(size -> busy.add(traffic.takesAllCores()));
            assertThat(model.tryLease()).isTrue();
            Frame frame = new Frame("data:,", model, new SilentListener());
            Slot slot = batcher.reserve(model, model.frameBytes(), frame);
            slot.filled();
            batcher.close();
            new BatchWorker(
                            batcher,
                            new BatchRunner(0, InstantSource.system()),
                            new RunTurns(1),
                            traffic,
                            2,
                            System::nanoTime,
                            fault -> {
                                throw new IllegalStateException(fault);
                            })
                    .run();
            assertThat(frame.outcome()).isCompleted();
            assertThat(busy).containsExactly(provider == ExecutionProvider.CPU);
            assertThat(traffic.takesAllCores()).as("afterwards").isFalse();
            model.release();
            model.retire();
        }
    }

    private ServedModel loaded(ModelCache cache) {
        Path modelPackage = FakePackages.write(directory.resolve("models"), 1, "a model");
        ModelRef ref = new ModelRepository().identify(modelPackage.toUri().toString());
        return new ModelLoader(
                        new ModelRepository(),
                        cache,
                        List.of(sessions),
                        new FrameMemory(new BatchPolicy(4, Duration.ZERO, 3), batcher),
                        System::nanoTime,
                        load -> LoadPace.alone(),
                        List.of(1, 2, 4),
                        1,
                        Runnable::run)
                .load(ref.uri(), ref.sha256(), new Abandonment());
    }
}
