package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.testing.Await;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeServing;
import io.alexstream.testing.Niceness;
import io.alexstream.testing.Updates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A swap in ONNX Runtime, in a JVM of its own, since the first session in a process decides what all share. */
class SwapPriorityTest {

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void leavesNoThreadOfLowPriorityBehind() throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Swap.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        int usual = Niceness.ofThisThread();
        assertThat(Files.readAllLines(output))
                .contains("opened at " + usual, "opened at " + Niceness.lowered(usual), "all at " + usual);
    }

    /** Serves one version, then another, and says at what priority. */
    public static final class Swap {

        private Swap() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            Path first = FakePackages.writeOnnx(folder.resolve("repository"), 1, 10_000);
            Path second = FakePackages.writeOnnx(folder.resolve("repository"), 2, 10_000);
            ServingConfig config = FakeServing.config(first, folder.resolve("cache"), Duration.ZERO);
            try (ServingRuntime runtime = ServingRuntimeFactory.start(config, List.of(new Telling()))) {
                runtime.begin(config.modelPackage(), null);
                runtime.models().request(Updates.to(second, 0)).get(30, TimeUnit.SECONDS);
                int usual = Niceness.ofThisThread();
                // The load's own thread has ended for Java a moment before it has for Linux.
                Await.until(
                        "nothing is left at a low priority",
                        () -> Niceness.otherThan(usual).isEmpty());
                System.out.println("all at " + usual);
            }
        }
    }

    /** Says at what priority sessions are opened. */
    private static final class Telling implements SessionFactory {

        private final SessionFactory sessions = new OnnxSessionFactory(SessionOptions.cpu(2));

        @Override
        public InferenceSession open(Path model) {
            System.out.println("opened at " + Niceness.ofThisThread());
            return sessions.open(model);
        }

        @Override
        public boolean sharesThreads() {
            return sessions.sharesThreads();
        }
    }
}
