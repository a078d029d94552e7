package io.alexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.testing.TinyOnnx;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCallsTest {

    @TempDir
    private Path folder;

    @Test
    void aProcessWaitsForTheCallUnderWay() throws Exception {
        assertThat(output(Calling.class)).containsExactly("the call ends");
    }

    @Test
    void noCallBeginsWhileAProcessEnds() throws Exception {
        assertThat(output(Late.class, "one open")).containsExactly("the process ends");
    }

    @Test
    void aProcessWithoutSessionsHasNoHookThatKeepsAJobsClasses() throws Exception {
        assertThat(output(Late.class, "closed")).containsExactly("it begins");
    }

    private List<String> output(Class<?> main, String... more) throws Exception {
        Path model = Files.write(folder.resolve("model.onnx"), TinyOnnx.model());
        Path output = folder.resolve("output");
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        model.toString(),
                        String.join(" ", more))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile());
        Process process = java.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output);
    }

    private static InferenceSession open(String model) {
        return new OnnxSessionFactory(SessionOptions.cpu(2)).open(Path.of(model));
    }

    private static void pause() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Ends while a daemon thread is in a call. */
    public static final class Calling {

        private Calling() {}

        public static void main(String[] args) throws Exception {
            open(args[0]);
            CountDownLatch begun = new CountDownLatch(1);
            Thread daemon = new Thread(() -> {
                NativeCalls.begin();
                begun.countDown();
                pause();
                System.out.println("the call ends");
                NativeCalls.end();
            });
            daemon.setDaemon(true);
            daemon.start();
            begun.await();
            System.exit(0);
        }
    }

    /** Tries to begin a call when it is about to end, with all sessions closed, or all but one, and one of them twice. */
    public static final class Late {

        private Late() {}

        public static void main(String[] args) {
            InferenceSession first = open(args[0]);
            InferenceSession second = open(args[0]);
            first.close();
            first.close();
            if (args[1].equals("closed")) {
                second.close();
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                pause();
                try {
                    if (args[1].equals("closed")) {
                        NativeCalls.begin();
                    } else {
                        second.run(ByteBuffer.allocateDirect(second.signature().frameBytes()), 1);
                    }
                    System.out.println("it begins");
                } catch (InferenceException e) {
                    System.out.println(e.getMessage());
                }
            }));
            System.exit(0);
        }
    }
}
