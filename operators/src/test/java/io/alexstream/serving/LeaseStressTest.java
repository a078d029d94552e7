package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads that lease, run and release while another retires: no session runs after its close or is closed in a run. */
@Timeout(120)
class LeaseStressTest {

    private static final int MODELS = 500;
    private static final int THREADS = 4;
    private static final int CYCLES = 20;

    @TempDir
    private Path folder;

    private final FakeSessions sessions = new FakeSessions();

    @Test
    void neverRunsAClosedSessionNorClosesARunningOne() throws Exception {
        Path directory = FakePackages.write(folder.resolve("repository"), 1, "one");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            int leased = 0;
            for (int i = 0; i < MODELS; i++) {
                leased += compete(model(directory), threads);
            }
            assertThat(leased).isPositive();
        } finally {
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(40, TimeUnit.SECONDS)).isTrue();
        assertThat(sessions.misuses()).isEmpty();
        assertThat(sessions.opened()).isEqualTo(MODELS);
        assertThat(sessions.open()).isZero();
    }

    /** Returns how many leases were had. */
    private int compete(ServedModel model, ExecutorService threads) throws Exception {
        List<Callable<Integer>> users = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            users.add(() -> use(model));
        }
        users.add(() -> {
            model.retire();
            return 0;
        });
        int leased = 0;
        for (Future<Integer> user : threads.invokeAll(users)) {
            leased += user.get();
        }
        return leased;
    }

    private static int use(ServedModel model) {
        ByteBuffer frame = ByteBuffer.allocateDirect(model.frameBytes());
        int leased = 0;
        for (int i = 0; i < CYCLES && model.tryLease(); i++) {
            model.on(0).run(frame, 1);
            model.release();
            leased++;
        }
        return leased;
    }

    private ServedModel model(Path directory) {
        ModelPackage modelPackage = new ModelPackage(
                new ModelRepository().identify(directory.toUri().toString()),
                manifest(directory),
                directory.resolve("no"));
        DeviceSession session = new DeviceSession(
                sessions.open(directory.resolve("model.onnx")),
                () -> sessions.open(directory.resolve("model.onnx")),
                System::nanoTime);
        return new ServedModel(
                modelPackage,
                List.of(session),
                ByteBuffer.allocateDirect(0),
                new RunSizes(List.of(1), 1),
                1,
                new LoadTimes(0, 0),
                Runnable::run);
    }

    private static ModelManifest manifest(Path directory) {
        try {
            return Json.fromBytes(Files.readAllBytes(directory.resolve("manifest.json")), ModelManifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
