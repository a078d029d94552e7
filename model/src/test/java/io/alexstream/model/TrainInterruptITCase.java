package io.alexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.model.export.FreshModel;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.testing.DrawnClasses;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, ended from outside in the middle of training. */
class TrainInterruptITCase {

    /** Far more than starting a JVM takes on a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    private Path directory;

    private String first;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        DrawnClasses.draw(directory.resolve("data"), 20);
        first = PackageWriter.onCpu()
                .write(directory.resolve("packages"), "first", FreshModel.tiny(List.of(DrawnClasses.NAMES), 1))
                .directory()
                .toString();
    }

    @AfterEach
    void kill() {
        started.forEach(Process::destroyForcibly);
    }

    /** 100 epochs of 2 steps with a checkpoint after each: some seconds. */
    private Process start(String name, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "--name",
                name,
                "--threads",
                "1",
                "--seed",
                "4",
                "--epochs",
                "100",
                "--checkpoint-every",
                "1 ms",
                "--from",
                first,
                "--data",
                directory.resolve("data").toString(),
                "--out",
                directory.resolve("packages").toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name))
                .start();
        started.add(process);
        return process;
    }

    private File log(String name) {
        return directory.resolve(name + ".log").toFile();
    }

    private Path checkpoint(String name) {
        return directory.resolve("packages").resolve(name).resolve("training.checkpoint");
    }

    private static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(LIMIT.toNanos());
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void awaitEnd(Process process, String name) throws IOException, InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as(Files.readString(log(name).toPath()))
                .isTrue();
    }

    @Test
    void endsWithTheSameWeightsAfterAKillAsWithoutOne() throws IOException, InterruptedException {
        Process whole = start("whole");
        Process killed = start("killed");
        until("the middle", () -> contains(log("killed"), "epoch 30/") || !killed.isAlive());
        killed.destroyForcibly();
        awaitEnd(killed, "killed");
        assertThat(checkpoint("killed"))
                .as(Files.readString(log("killed").toPath()))
                .exists();
        Process resumed = start("killed", "--resume");
        awaitEnd(resumed, "killed");
        awaitEnd(whole, "whole");
        assertThat(resumed.exitValue())
                .as(Files.readString(log("killed").toPath()))
                .isZero();
        assertThat(whole.exitValue()).isZero();
        assertThat(Files.readString(log("killed").toPath())).containsPattern("going on after step \\d+");
        assertThat(directory.resolve("packages/killed/1/weights.bin"))
                .hasSameBinaryContentAs(directory.resolve("packages/whole/1/weights.bin"));
        assertThat(checkpoint("killed")).doesNotExist();
    }

    @Test
    void leavesACheckpointAndOneLineWhenAskedToEnd() throws IOException, InterruptedException {
        Process process = start("asked", "--epochs", "50000");
        until("the checkpoint", () -> Files.exists(checkpoint("asked")) || !process.isAlive());
        process.destroy();
        awaitEnd(process, "asked");
        String log = Files.readString(log("asked").toPath());
        assertThat(process.exitValue()).as(log).isEqualTo(143);
        assertThat(log.lines().reduce((a, b) -> b).orElseThrow())
                .matches("stopped after step \\d+; go on with the same command and --resume");
        assertThat(log).doesNotContain("SIGSEGV", "Exception", "hs_err");
        Process again = start("asked", "--epochs", "50000", "--resume");
        until("the resumption", () -> !again.isAlive() || contains(log("asked"), "going on after step"));
        assertThat(again.isAlive()).as(Files.readString(log("asked").toPath())).isTrue();
    }

    /** After the last epoch come the checkpoint and the export, which asks libtorch too. */
    @Test
    void leavesNoHalfPackageWhenAskedToEndWhileItIsWritten() throws IOException, InterruptedException {
        Process process = start("late", "--epochs", "1");
        until("the end of training", () -> contains(log("late"), "epoch 1/1  train") || !process.isAlive());
        process.destroy();
        awaitEnd(process, "late");
        String log = Files.readString(log("late").toPath());
        // Either was in time: the signal, or the package.
        assertThat(process.exitValue()).as(log).isIn(143, 0);
        assertThat(log).doesNotContain("SIGSEGV", "Exception", "hs_err");
        if (Files.exists(checkpoint("late"))) {
            assertThat(log.lines().reduce((a, b) -> b).orElseThrow())
                    .isEqualTo("stopped before the package was written; go on with the same command and --resume");
            assertThat(directory.resolve("packages/late/1")).doesNotExist();
        } else {
            assertThat(directory.resolve("packages/late/1/manifest.json"))
                    .as(log)
                    .exists();
        }
    }

    private static boolean contains(File file, String text) {
        try {
            return Files.readString(file.toPath()).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
