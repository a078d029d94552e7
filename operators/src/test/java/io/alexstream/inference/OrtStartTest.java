package io.alexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrtStartTest {

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

    @ParameterizedTest
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only ONNX Runtime for Linux reads the command line")
    @ValueSource(ints = {100, 5_000, 100_000})
    void survivesCommandLinesOfAnyLength(int characters) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dfiller=" + "x".repeat(characters),
                        Start.class.getName()))
                .inheritIO();
        builder.environment().remove("ORT_DISABLE_TELEMETRY");
        Process process = builder.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("139 is a segmentation fault").isEqualTo(7);
    }

    @Test
    void givesTheSameEnvironmentAgain() {
        assertThat(OrtStart.environment()).isSameAs(OrtStart.environment());
    }
}
