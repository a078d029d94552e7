package io.alexstream.job.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.job.JobOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests for Flink's Kubernetes operator and for Strimzi. */
class KubernetesTest {

    private static final String CPU = "kubernetes/flinkdeployment.yaml";
    private static final String GPU = "kubernetes/flinkdeployment-gpu.yaml";

    @ParameterizedTest
    @ValueSource(strings = {CPU, GPU})
    void operatorsSchemaTakesTheDeployment(String file) throws IOException {
        Map<String, Object> deployment = DockerFiles.yaml(file);
        Map<String, Object> spec = DockerFiles.map(DockerFiles.at(deployment, "spec"));
        String version = EnvironmentInformation.getVersion();
        assertThat(spec.get("flinkVersion"))
                .isEqualTo("v" + version.substring(0, version.lastIndexOf('.')).replace('.', '_'));
        // The schema at hand is older than this Flink: this one field it cannot judge.
        spec.put("flinkVersion", "v1_20");
        assertThat(DeploymentSchema.errors(deployment)).isEmpty();
    }

    @Test
    void operatorsSchemaRefusesWhatItDoesNotKnow() throws IOException {
        Map<String, Object> deployment = DockerFiles.yaml(CPU);
        DockerFiles.map(DockerFiles.at(deployment, "spec")).put("flinkVersion", "v1_20");
        DockerFiles.map(DockerFiles.at(deployment, "spec", "job")).put("upgrademode", "savepoint");
        DockerFiles.map(DockerFiles.at(deployment, "spec", "job")).put("parallelism", "four");
        DockerFiles.map(DockerFiles.at(deployment, "spec", "podTemplate", "spec"))
                .put("toleration", List.of());
        assertThat(DeploymentSchema.errors(deployment))
                .hasSize(3)
                .anyMatch(error -> error.contains("upgrademode"))
                .anyMatch(error -> error.contains("parallelism"))
                .anyMatch(error -> error.contains("toleration"));
    }

    @ParameterizedTest
    @ValueSource(strings = {CPU, GPU})
    void flinkKnowsEveryKeyAndTheMemoryAddsUp(String file) throws IOException {
        Map<String, Object> spec = DockerFiles.map(DockerFiles.at(DockerFiles.yaml(file), "spec"));
        Map<String, String> settings = new TreeMap<>();
        DockerFiles.map(DockerFiles.at(spec, "flinkConfiguration")).forEach((key, value) -> {
            assertThat(value)
                    .as("%s: %s, which the operator wants as text", file, key)
                    .isInstanceOf(String.class);
            settings.put(key, (String) value);
        });
        FlinkSettings.assertThatFlinkTakesThem(file, settings);
        // The operator makes these two of the resources.
        settings.put(
                "taskmanager.memory.process.size",
                DockerFiles.at(spec, "taskManager", "resource", "memory").toString());
        settings.put(
                "jobmanager.memory.process.size",
                DockerFiles.at(spec, "jobManager", "resource", "memory").toString());
        FlinkSettings.assertThatMemoryFits(file, settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {CPU, GPU})
    void upgradesGoThroughASavepointForWhichThereIsAFolder(String file) {
        Map<String, Object> spec = DockerFiles.map(DockerFiles.at(DockerFiles.yaml(file), "spec"));
        assertThat(DockerFiles.at(spec, "job", "upgradeMode")).isEqualTo("savepoint");
        assertThat(DockerFiles.at(spec, "job", "entryClass")).isEqualTo("io.alexstream.job.ClassificationJob");
        assertThat(DockerFiles.map(DockerFiles.at(spec, "flinkConfiguration")))
                .containsKeys(
                        "execution.checkpointing.savepoint-dir",
                        "execution.checkpointing.dir",
                        "high-availability.storageDir");
    }

    @Test
    void gpuDeploymentIsTheOtherOneWithACardThatTheTaskManagersPodMayHave() {
        Map<String, Object> spec = DockerFiles.map(DockerFiles.at(DockerFiles.yaml(GPU), "spec"));
        assertThat(DockerFiles.map(DockerFiles.at(spec, "flinkConfiguration")))
                .containsEntry("external-resource.gpu.kubernetes.config-key", "nvidia.com/gpu")
                .containsEntry("external-resources", "gpu");
        assertThat(DockerFiles.at(spec, "taskManager", "podTemplate", "spec", "tolerations"))
                .isEqualTo(List.of(Map.of("key", "nvidia.com/gpu", "operator", "Exists", "effect", "NoSchedule")));
        List<String> expected = new ArrayList<>(DockerFiles.deploymentArguments(CPU));
        expected.addAll(List.of("--inference.execution-provider", "cuda"));
        assertThat(DockerFiles.deploymentArguments(GPU)).isEqualTo(expected);
    }

    @Test
    void pluginForS3IsOfThisFlink() {
        for (String file : List.of(CPU, GPU)) {
            assertThat(DockerFiles.text(file))
                    .contains("flink-s3-fs-hadoop-" + EnvironmentInformation.getVersion() + ".jar");
        }
    }

    @Test
    void topicsAreThoseOfTheComposeFile() {
        Map<String, String> topics = new TreeMap<>();
        for (Map<String, Object> topic : DockerFiles.documents("kubernetes/topics.yaml")) {
            assertThat(topic)
                    .containsEntry("apiVersion", "kafka.strimzi.io/v1beta2")
                    .containsEntry("kind", "KafkaTopic");
            assertThat(DockerFiles.at(topic, "metadata", "labels", "strimzi.io/cluster"))
                    .isEqualTo("kafka");
            assertThat((Integer) DockerFiles.at(topic, "spec", "replicas"))
                    .isGreaterThan((Integer) DockerFiles.at(topic, "spec", "config", "min.insync.replicas"));
            topics.put(
                    DockerFiles.at(topic, "metadata", "name").toString(),
                    DockerFiles.at(topic, "spec", "partitions") + " "
                            + DockerFiles.map(DockerFiles.at(topic, "spec", "config"))
                                    .getOrDefault("cleanup.policy", "delete"));
        }
        String made = DockerFiles.at(DockerFiles.yaml("compose.yaml"), "services", "topics", "command")
                .toString();
        TreeSet<String> named = Pattern.compile("for topic in ([^;]+);|--topic ([a-z-]+) ")
                .matcher(made)
                .results()
                .flatMap(found ->
                        List.of((found.group(1) == null ? found.group(2) : found.group(1)).split(" ")).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(topics.keySet()).isEqualTo(named);
        assertThat(topics)
                .containsEntry("model-updates", "1 compact")
                .containsEntry(JobOptions.MODEL_STATUS_TOPIC.defaultValue(), "1 delete")
                .containsEntry(JobOptions.IMAGES_TOPIC.defaultValue(), "4 delete");
    }
}
