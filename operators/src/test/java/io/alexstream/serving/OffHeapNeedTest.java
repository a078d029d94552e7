package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeServing;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.Runtimes;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffHeapNeedTest {

    /** AlexNet's frames in batches of 32, one session: 3 buffers and one for a warm-up; 8 golden frames and one kept. */
    private static final OffHeapNeed ALEXNET = new OffHeapNeed(32, 4, 154_587, 9);

    private static final int MAX_BATCH = 1024;

    /** A frame of the fake package has 192 bytes: 4 buffers and 2 golden frames. Far more than the JDK takes to read files. */
    private static final int FAKE_BYTES = 192 * (4 * MAX_BATCH + 2);

    @TempDir
    private Path folder;

    @Test
    void countsBuffersAndGoldenFrames() {
        assertThat(ALEXNET.bytes()).isEqualTo(154_587L * (32 * 4 + 9));
    }

    @Test
    void takesWhatTheJvmCanGive() {
        assertThatCode(() -> ALEXNET.requireWithin(new DirectMemory(ALEXNET.bytes(), 0)))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheOptionAndTheBytesInOneLineWhereTheLimitIsTooLow() {
        long limit = ALEXNET.bytes() - 1;
        assertThatThrownBy(() -> ALEXNET.requireWithin(new DirectMemory(limit, 1_000)))
                .isInstanceOfSatisfying(ModelLoadException.class, e -> {
                    assertThat(e.isPermanent()).isTrue();
                    assertThat(e.getMessage().lines()).hasSize(1);
                })
                .hasMessageContainingAll(
                        "4 buffers of 32 frames of 154587 bytes and 9 golden frames need 21178419 bytes",
                        "21177418 of the JVM's 21178418 are free",
                        "raise taskmanager.memory.task.off-heap.size by 1001 bytes or more");
    }

    @Test
    void refusesABatchThatNoBufferCanHold() {
        OffHeapNeed huge = new OffHeapNeed(1024, 4, 3 * 2_000 * 2_000, 1);
        assertThatThrownBy(() -> huge.requireWithin(new DirectMemory(Long.MAX_VALUE, 0)))
                .isInstanceOfSatisfying(
                        ModelLoadException.class,
                        e -> assertThat(e.isPermanent()).isTrue())
                .hasMessageContaining("lower batch.max-size");
    }

    @Test
    void readsTheLimitAndTheUseOfThisJvm() {
        DirectMemory before = DirectMemory.ofThisJvm();
        ByteBuffer taken = ByteBuffer.allocateDirect(1 << 20);
        assertThat(DirectMemory.ofThisJvm().used() - before.used()).isGreaterThanOrEqualTo(taken.capacity());
        assertThat(before.limit()).isEqualTo(Runtime.getRuntime().maxMemory());
    }

    /** Starts a runtime in a JVM of its own, which holds some direct memory already, and says what it met. */
    public static final class Start {

        private Start() {}

        public static void main(String[] args) {
            Path folder = Path.of(args[0]);
            ByteBuffer held = ByteBuffer.allocateDirect(Integer.parseInt(args[1]));
            Path modelPackage = FakePackages.write(folder.resolve("repository"), 1, "model");
            long use = DirectMemory.ofThisJvm().used();
            try (ServingRuntime runtime = Runtimes.begun(
                    withLargeBatches(FakeServing.config(modelPackage, folder.resolve("cache"), Duration.ZERO)),
                    List.of(new FakeSessions()))) {
                System.out.println(runtime.currentModel().name() + " serves, "
                        + (DirectMemory.ofThisJvm().used() - use) + " bytes taken beside " + held.capacity());
            } catch (ModelLoadException e) {
                System.out.println((e.isPermanent() ? "permanent: " : "passing: ") + e.getMessage());
            }
            Reference.reachabilityFence(held);
        }

        private static ServingConfig withLargeBatches(ServingConfig config) {
            return new ServingConfig(
                    config.modelPackage(),
                    config.loadTimeout(),
                    config.cacheDirectory(),
                    config.linger(),
                    List.of(1, MAX_BATCH),
                    config.sessions(),
                    config.workers(),
                    config.allowedUris(),
                    config.fetchLimits(),
                    config.imageLimits(),
                    config.decoder(),
                    config.applyExifOrientation(),
                    config.fetchThreads(),
                    config.decodeThreads(),
                    config.topK());
        }
    }

    @Test
    void aJvmWithALimitBelowTheNeedRefusesToStart() throws Exception {
        assertThat(start(FAKE_BYTES - 1, 0))
                .startsWith("permanent: too little direct memory")
                .contains(
                        "need " + FAKE_BYTES + " bytes",
                        " of the JVM's " + (FAKE_BYTES - 1) + " are free",
                        "taskmanager.memory.task.off-heap.size");
    }

    @Test
    void aJvmWhoseDirectMemoryIsInUseRefusesToStart() throws Exception {
        assertThat(start(1 << 20, (1 << 20) - FAKE_BYTES / 2))
                .startsWith("permanent: too little direct memory")
                .contains("of the JVM's 1048576 are free", "taskmanager.memory.task.off-heap.size");
    }

    @Test
    void aJvmWithEnoughServesAndTakesNoMoreThanComputed() throws Exception {
        String line = start(1 << 20, 1);
        assertThat(line).startsWith("fake serves, ");
        // And the JDK's own buffers for reading files.
        assertThat(Long.parseLong(line.split(" ")[2])).isLessThanOrEqualTo(FAKE_BYTES + 16_384);
    }

    /** Its one line of output. */
    private String start(int limit, int held) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:MaxDirectMemorySize=" + limit,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Start.class.getName(),
                        folder.toString(),
                        Integer.toString(held))
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8).strip();
    }
}
