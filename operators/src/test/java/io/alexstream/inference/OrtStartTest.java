package io.alexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import io.alexstream.testing.TinyOnnx;
import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.util.ChildFirstClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrtStartTest {

    private static final String WITHOUT_TELEMETRY = "ORT_DISABLE_TELEMETRY";

    @TempDir
    private Path directory;

    /** Starts ONNX Runtime in a JVM of its own, the way that every session does. */
    public static final class Start {

        private Start() {}

        public static void main(String[] args) {
            try {
                new OnnxSessionFactory(SessionOptions.cpu(1)).open(Path.of("no-such-model.onnx"));
            } catch (InferenceException e) {
                System.exit(e.kind() == InferenceException.Kind.MODEL_INVALID ? 7 : 1);
            }
        }
    }

    /** Opens a session of two threads: 7 where it starts none, 8 where it starts its own, 1 where what it says is wrong. */
    public static final class Open {

        private Open() {}

        public static void main(String[] args) throws Exception {
            if (args[1].equals("others first")) {
                OrtEnvironment.getEnvironment();
            }
            new OnnxSessionFactory(SessionOptions.cpu(args[1].equals("another number first") ? 3 : 2)).sharesThreads();
            if (args[1].equals("other classes of ours") && !anotherSubmissionShares(2)) {
                System.exit(1);
            }
            OnnxSessionFactory sessions = new OnnxSessionFactory(SessionOptions.cpu(2));
            long before = threads();
            long more;
            try (InferenceSession session = sessions.open(Path.of(args[0]))) {
                more = threads() - before;
                session.run(ByteBuffer.allocateDirect(session.signature().frameBytes()), 1);
            }
            System.exit(sessions.sharesThreads() == (more == 0) ? 7 + (int) more : 1);
        }

        /** As a second job sees it where ONNX Runtime lies in Flink's {@code lib/}. */
        private static boolean anotherSubmissionShares(int threads) throws Exception {
            URL ours = OnnxSessionFactory.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation();
            String[] fromLib = {"java.", "ai.onnxruntime.", "org.slf4j."};
            try (var job =
                    new ChildFirstClassLoader(new URL[] {ours}, Open.class.getClassLoader(), fromLib, failure -> {})) {
                Object options = job.loadClass(SessionOptions.class.getName())
                        .getMethod("cpu", int.class)
                        .invoke(null, threads);
                Class<?> factory = job.loadClass(OnnxSessionFactory.class.getName());
                Object sessions = factory.getConstructor(options.getClass()).newInstance(options);
                return factory != OnnxSessionFactory.class
                        && (boolean) factory.getMethod("sharesThreads").invoke(sessions);
            }
        }

        /** How many bear the main thread's name, as those do that it starts outside Java. */
        private static long threads() throws IOException {
            try (Stream<Path> all = Files.list(Path.of("/proc/self/task"))) {
                return all.filter(Open::isMainOrItsChild).count();
            }
        }

        private static boolean isMainOrItsChild(Path thread) {
            try {
                return Files.readString(thread.resolve("comm")).strip().equals("java");
            } catch (IOException e) {
                return false; // it has ended
            }
        }
    }

    @ParameterizedTest
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only ONNX Runtime for Linux reads the command line")
    @ValueSource(ints = {100, 5_000, 100_000})
    void survivesCommandLinesOfAnyLength(int characters) throws IOException, InterruptedException {
        ProcessBuilder start = java("-Dfiller=" + "x".repeat(characters), Start.class.getName());
        start.environment().remove(WITHOUT_TELEMETRY);
        assertThat(exitStatus(start)).as("139 is a segmentation fault").isEqualTo(7);
    }

    @ParameterizedTest
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    @CsvSource({"we first, 7", "other classes of ours, 7", "others first, 8", "another number first, 8"})
    void sessionsShareThreadsWhereTheEnvironmentHasAsMany(String how, int status) throws Exception {
        Path model = Files.write(directory.resolve("model.onnx"), TinyOnnx.model());
        ProcessBuilder open = java(Open.class.getName(), model.toString(), how);
        // Others start it on a stack that its telemetry overruns.
        open.environment().put(WITHOUT_TELEMETRY, "1");
        assertThat(exitStatus(open)).isEqualTo(status);
    }

    private static ProcessBuilder java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO();
    }

    private static int exitStatus(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void givesTheSameEnvironmentAgain() {
        assertThat(OrtStart.environment(2)).isSameAs(OrtStart.environment(1));
    }
}
