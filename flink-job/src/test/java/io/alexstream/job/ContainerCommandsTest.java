package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.job.deployment.DockerFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job takes the options that docker/ starts it with. */
class ContainerCommandsTest {

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.gpu.yaml"})
    void jobTakesTheOptionsOfTheComposeFiles(String file) {
        assertTaken(DockerFiles.composeArguments(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes/flinkdeployment.yaml", "kubernetes/flinkdeployment-gpu.yaml"})
    void jobTakesTheOptionsOfTheDeployments(String file) {
        assertTaken(DockerFiles.deploymentArguments(file));
    }

    private static void assertTaken(List<String> arguments) {
        assertThatCode(() -> read(arguments)).doesNotThrowAnyException();
        List<String> wrong = new ArrayList<>(arguments);
        wrong.addAll(List.of("--model.pakage", "x"));
        assertThatThrownBy(() -> read(wrong)).isInstanceOf(ProgramParametrizationException.class);
    }

    private static void read(List<String> arguments) {
        JobConfig.from(CommandLine.parse(arguments.toArray(String[]::new)));
    }
}
