package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

            child.onExit().get(40, TimeUnit.SECONDS);
        } finally {
            parent.destroyForcibly();
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
