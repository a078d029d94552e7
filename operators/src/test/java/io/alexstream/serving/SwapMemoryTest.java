package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.PublishedUpdate;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeServing;
import io.alexstream.testing.SilentListener;
import io.alexstream.testing.Updates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A hundred swaps of a real ONNX model of 5 MB, in a JVM of its own whose heap is as large from the start as it gets. */
class SwapMemoryTest {

    private static final int SWAPS = 100;
    private static final int WARM = 10;
    private static final int MODEL_BYTES = 5_000_000;

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void aHundredSwapsLeaveNoMemoryBehind() throws Exception {
        Map<Integer, Long> resident = run();
        assertThat(resident).containsKeys(WARM, SWAPS);
        // What the process had once and gave back is no leak: the allocator keeps some memory for a while.
        long end = resident.entrySet().stream()
                .filter(reading -> reading.getKey() > SWAPS - 3 * WARM)
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElseThrow();
        assertThat((double) end / resident.get(WARM))
                .as("resident pages at the end against those after %d swaps: %s", WARM, resident)
                .isLessThanOrEqualTo(1.05);
    }

    private Map<Integer, Long> run() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder swaps = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        // The optimising compiler takes and keeps memory of its own when it likes.
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Swaps.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // As Flink's own image does by other means: glibc's arenas, one a thread, keep pieces at random.
        swaps.environment().put("MALLOC_ARENA_MAX", "1");
        // Else glibc raises it with every large piece that is freed, and the heap that takes them from then on grows to
        // anything between 450 and 620 MB within the first thirty swaps.
        swaps.environment().put("MALLOC_MMAP_THRESHOLD_", "131072");
        Process process = swaps.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String lines = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(lines).isZero();
        return lines.lines()
                .filter(line -> line.startsWith("swaps "))
                .map(line -> line.split(" ", -1))
                .collect(Collectors.toMap(words -> Integer.valueOf(words[1]), words -> Long.valueOf(words[3])));
    }

    /** Swaps between two versions, each answering a frame, and says how much memory the process has. */
    public static final class Swaps {

        private Swaps() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            Path repository = folder.resolve("repository");
            List<Path> versions = List.of(
                    FakePackages.writeOnnx(repository, 1, MODEL_BYTES),
                    FakePackages.writeOnnx(repository, 2, MODEL_BYTES));
            ServingConfig config = FakeServing.config(versions.get(0), folder.resolve("cache"), Duration.ZERO);
            try (ServingRuntime runtime =
                    ServingRuntimeFactory.start(config, List.of(new OnnxSessionFactory(SessionOptions.cpu(1))))) {
                runtime.begin(config.modelPackage(), null);
                for (int swap = 1; swap <= SWAPS; swap++) {
                    PublishedUpdate update = Updates.to(versions.get(swap % 2), swap);
                    runtime.models().request(update).get(1, TimeUnit.MINUTES);
                    answer(runtime, update);
                    if (swap % WARM == 0) {
                        System.out.println("swaps " + swap + " rss " + residentPages());
                    }
                }
            }
        }

        private static void answer(ServingRuntime runtime, PublishedUpdate update) throws Exception {
            FrameOutcome outcome = runtime.classify(
                            ColouredImages.uri(9), runtime.models().serving().model(), new SilentListener())
                    .get(1, TimeUnit.MINUTES);
            boolean isOf = outcome instanceof FrameOutcome.Predicted predicted
                    && predicted.model().version() == update.update().version();
            if (!isOf) {
                throw new IllegalStateException("not answered by " + update + ": " + outcome);
            }
        }

        private static long residentPages() throws IOException {
            return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1]);
        }
    }
}
