package io.alexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.model.testing.DrawnClasses;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine for which there is no libtorch: a class path without its native jars. */
class MissingLibtorchITCase {

    @TempDir
    private Path directory;

    private String run(int status, String... arguments) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !(entry.contains("bytedeco") && entry.endsWith("-linux-x86_64.jar")))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Where nothing was unpacked before.
                "-Dorg.bytedeco.javacpp.cachedir=" + directory.resolve("cache"),
                "-cp",
                classPath,
                Main.class.getName()));
        command.addAll(List.of(arguments));
        File log = directory.resolve("log").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(log.toPath());
            assertThat(process.exitValue()).as(said).isEqualTo(status);
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void onlyTrainingNeedsIt() throws IOException, InterruptedException {
        DrawnClasses.draw(directory.resolve("data"), 3);
        String packages = directory.resolve("packages").toString();
        assertThat(run(0, "init", "--name", "n", "--classes", "2", "--out", packages))
                .contains("packages/n/1");
        String said = run(
                1, "train", "--name", "m", "--data", directory.resolve("data").toString(), "--out", packages);
        assertThat(said).doesNotContain("\tat ");
        assertThat(said.lines().reduce((a, b) -> b).orElseThrow()).startsWith("libtorch cannot be loaded");
    }
}
