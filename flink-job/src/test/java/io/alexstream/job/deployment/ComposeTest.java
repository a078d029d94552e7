package io.alexstream.job.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.alexstream.job.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compose files and images name things that are there. */
class ComposeTest {

    private static final String COMPOSE = "compose.yaml";
    private static final String GPU = "compose.gpu.yaml";

    @Test
    void flinkKnowsEveryKeyAndTheMemoryAddsUp() throws IOException {
        Map<String, String> settings = DockerFiles.flinkProperties(DockerFiles.yaml(COMPOSE), "taskmanager");
        FlinkSettings.assertThatFlinkTakesThem(COMPOSE, settings);
        FlinkSettings.assertThatMemoryFits(COMPOSE, settings);
        assertThat(settings).isEqualTo(DockerFiles.flinkProperties(DockerFiles.yaml(COMPOSE), "jobmanager"));
    }

    @Test
    void gpuTaskManagerHasAllKeysOfTheOthersAndTheCard() throws IOException {
        Map<String, String> settings = DockerFiles.flinkProperties(DockerFiles.yaml(GPU), "taskmanager");
        FlinkSettings.assertThatFlinkTakesThem(GPU, settings);
        FlinkSettings.assertThatMemoryFits(GPU, settings);
        assertThat(settings.keySet())
                .containsAll(DockerFiles.flinkProperties(DockerFiles.yaml(COMPOSE), "taskmanager")
                        .keySet());
        assertThat(settings)
                .containsEntry("external-resources", "gpu")
                .containsEntry("external-resource.gpu.amount", "1");
        assertThat(DockerFiles.at(
                        DockerFiles.yaml(GPU),
                        "services",
                        "taskmanager",
                        "deploy",
                        "resources",
                        "reservations",
                        "devices"))
                .asString()
                .contains("driver=nvidia", "count=1", "capabilities=[gpu]");
    }

    @Test
    void gpuJobIsTheOtherOneWithCudaDemanded() {
        List<String> expected = new ArrayList<>(DockerFiles.composeArguments(COMPOSE));
        expected.addAll(List.of("--inference.execution-provider", "cuda"));
        assertThat(DockerFiles.composeArguments(GPU)).isEqualTo(expected);
    }

    @Test
    void everyTopicThatTheJobReadsOrWritesIsMade() {
        String commands = DockerFiles.at(DockerFiles.yaml(COMPOSE), "services", "topics", "command")
                .toString();
        for (ConfigOption<?> topic : List.of(
                JobOptions.IMAGES_TOPIC,
                JobOptions.CLASSIFICATIONS_TOPIC,
                JobOptions.DEAD_LETTERS_TOPIC,
                JobOptions.MODEL_STATUS_TOPIC)) {
            assertThat(commands).contains(topic.defaultValue().toString());
        }
        assertThat(commands)
                .contains("--topic model-updates --partitions 1 --config cleanup.policy=compact")
                .contains("--topic model-status --partitions 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.gpu"})
    void imagesAreOfTheVersionsOfThisBuild(String dockerfile) {
        assertThat(DockerFiles.text(dockerfile))
                .contains("ARG FLINK_IMAGE=flink:" + EnvironmentInformation.getVersion() + "-scala_2.12-java17\n");
        assertThat(DockerFiles.at(DockerFiles.yaml(COMPOSE), "services", "kafka", "image"))
                .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.gpu"})
    void containersRunAsNobodyWithRights(String dockerfile) {
        String user = DockerFiles.text(dockerfile)
                .lines()
                .filter(line -> line.startsWith("USER "))
                .reduce("", (first, last) -> last);
        assertThat(user).isEqualTo("USER 9999:9999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.gpu"})
    void whatAnImageCopiesIsLetThroughByItsIgnoreFile(String dockerfile) {
        String let = DockerFiles.text(dockerfile + ".dockerignore");
        List<String> copied = Pattern.compile("(?<=[ \\n])(LICENSE|NOTICE|[\\w-]+/\\S+?/?[\\w-]+[*.\\w-]*)(?= )")
                .matcher(DockerFiles.text(dockerfile).replaceAll("(?m)^(#|RUN|COPY --from).*", ""))
                .results()
                .map(MatchResult::group)
                .filter(path ->
                        path.startsWith("model/") || path.startsWith("flink-job/") || path.startsWith("docker/"))
                .toList();
        assertThat(copied).hasSizeGreaterThan(7);
        for (String path : copied) {
            assertThat(let.lines().map(line -> line.replace("!", "")))
                    .as(path)
                    .anyMatch(pattern -> path.startsWith(pattern.replaceFirst("\\*.*", "")));
        }
    }

    @Test
    void everyMountedFileOfThisFolderIsThere() {
        for (String line : DockerFiles.text(COMPOSE).lines().toList()) {
            String mount = line.strip();
            if (mount.startsWith("- ./")) {
                assertThat(DockerFiles.path(mount.substring(4, mount.indexOf(':'))))
                        .exists();
            }
        }
    }

    @Test
    void everyVariableAndItsDefaultIsInTheReadme() {
        String readme = DockerFiles.text("README.md");
        for (String file : List.of(COMPOSE, GPU)) {
            new TreeSet<>(Pattern.compile("\\$\\{(ALEXSTREAM_\\w+):-([^}]*)}")
                            .matcher(DockerFiles.text(file))
                            .results()
                            .map(found -> "| `" + found.group(1) + "` | "
                                    + (found.group(2).isEmpty() ? "(none)" : "`" + found.group(2) + "`") + " |")
                            .toList())
                    .forEach(row -> assertThat(readme).as(file).contains(row));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPOSE, COMPOSE + " " + GPU})
    void dockerComposeTakesTheFiles(String files) throws Exception {
        assumeThat(composeIsInstalled()).as("docker-compose is installed").isTrue();
        List<String> command = new ArrayList<>(List.of("docker-compose"));
        for (String file : files.split(" ", -1)) {
            command.addAll(List.of("-f", DockerFiles.path(file).toString()));
        }
        command.addAll(List.of("config", "-q"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static boolean composeIsInstalled() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("docker-compose", "version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void scriptsCanBeRun() {
        for (String script : List.of("healthy.sh", "smoke-test.sh", "draw-pictures.sh", "container-test.sh")) {
            assertThat(Files.isExecutable(DockerFiles.path(script))).as(script).isTrue();
        }
    }
}
