package io.alexstream.gpubench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** run.sh, with a script in Java's place that only tells its version. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the bench is one for Linux")
class RunScriptTest {

    @TempDir
    private Path javaHome;

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_402", "11.0.2", "16"})
    void refusesAnOlderJavaInOneLine(String version) throws Exception {
        assertThat(errors(version, 1).lines())
                .singleElement()
                .asString()
                .startsWith("run.sh: ")
                .contains(version)
                .contains("Java 17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "25"})
    void takesJava17AndLater(String version) throws Exception {
        assertThat(errors(version, 0)).isEmpty();
    }

    private String errors(String version, int status) throws Exception {
        Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                [ "$1" != -version ] || echo 'openjdk version "%s" 2024-01-16' >&2
                """.formatted(version));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder("sh", "src/gpu-bench/run.sh", "--help");
        builder.environment().put("JAVA_HOME", javaHome.toString());
        Process process = builder.start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(status);
        return said;
    }
}
