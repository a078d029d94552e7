package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private Path directory;

    /** Starts a child, tells its process id, and waits to be killed. */
    public static final class Parent {

        private Parent() {}

        public static void main(String[] args) throws Exception {
            List<String> arguments = List.of("-cp", CLASS_PATH, Endless.class.getName());
            System.out.println(ChildJvm.start("child", Path.of(args[0]), Map.of(), arguments)
                    .pid());
            new CountDownLatch(1).await();
        }
    }

    /** Never ends by itself. */
    public static final class Endless {

        private Endless() {}

        public static void main(String[] args) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void endsWhenItsParentIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        ChildJvm.tool("java"), "-cp", CLASS_PATH, Parent.class.getName(), log().toString())
                .start();
        try (BufferedReader out = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            assertThat(child.isAlive()).isTrue();

            parent.destroyForcibly().waitFor();

            Patience.until("the child ends", () -> hasEnded(child), () -> "its log is " + log());
        } finally {
            parent.destroyForcibly();
        }
    }

    /** A zombie has ended too: nobody may be there to bury it, as in a container whose first process is no init. */
    private static boolean hasEnded(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // Such as "4711 (java) Z 1 …" (man 5 proc).
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return !process.isAlive();
        }
    }

    @Test
    void showsTheEndOfItsLogWhereItFails() throws Exception {
        try (ChildJvm child = ChildJvm.start("the child", log(), Map.of(), List.of("no.such.Main"))) {
            assertThatThrownBy(() -> child.awaitSuccess(Duration.ofSeconds(40)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("the child ended with 1")
                    .hasMessageContaining("no.such.Main");
        }
    }

    private Path log() {
        return directory.resolve("child.log");
    }
}
