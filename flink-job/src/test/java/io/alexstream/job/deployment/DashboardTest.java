package io.alexstream.job.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.runtime.metrics.MetricNames;
import org.junit.jupiter.api.Test;

/** The dashboard asks for metrics that there are, under the names that Flink's Prometheus reporter gives them. */
class DashboardTest {

    private static final String FILE = "monitoring/grafana/dashboards/alexstream.json";
    private static final String OF_OPERATORS = "flink_taskmanager_job_task_operator_";

    /** Flink's own; where there is no constant, the name was seen in a scrape (container-test.sh looks for all of them). */
    private static final Set<String> OF_FLINK = Set.of(
            OF_OPERATORS + MetricNames.PENDING_RECORDS,
            "flink_jobmanager_job_" + MetricNames.NUM_RESTARTS,
            "flink_jobmanager_job_numberOfFailedCheckpoints",
            "flink_jobmanager_job_lastCheckpointDuration",
            "flink_taskmanager_Status_JVM_Memory_Heap_Used",
            "flink_taskmanager_Status_JVM_Memory_Direct_MemoryUsed");

    @Test
    void asksOnlyForMetricsThatThereAre() throws IOException {
        Set<String> known = new TreeSet<>(OF_FLINK);
        operators().forEach(name -> known.add(OF_OPERATORS + name.replace('.', '_')));
        assertThat(asked()).isNotEmpty().allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void showsEveryMetricOfTheOperator() throws IOException {
        assertThat(operators().stream()
                        .filter(name -> !name.equals("executionProvider")) // text, which Prometheus has no way to hold
                        .map(name -> OF_OPERATORS + name.replace('.', '_')))
                .allSatisfy(name -> assertThat(asked()).contains(name));
    }

    @Test
    void isProvisionedWithItsDatasource() {
        Map<String, Object> datasources =
                DockerFiles.yaml("monitoring/grafana/provisioning/datasources/prometheus.yaml");
        String uid = DockerFiles.map(((List<?>) datasources.get("datasources")).get(0))
                .get("uid")
                .toString();
        assertThat(panels())
                .isNotEmpty()
                .allSatisfy(panel ->
                        assertThat(DockerFiles.at(panel, "datasource", "uid")).isEqualTo(uid));
        assertThat(DockerFiles.text("compose.yaml"))
                .contains("./monitoring/grafana/dashboards:/etc/grafana/dashboards:ro", "alexstream.json");
        assertThat(DockerFiles.text("monitoring/grafana/provisioning/dashboards/alexstream.yaml"))
                .contains("path: /etc/grafana/dashboards");
    }

    @Test
    void prometheusAsksWhereFlinkAnswers() {
        String port = DockerFiles.flinkProperties(DockerFiles.yaml("compose.yaml"), "taskmanager")
                .get("metrics.reporter.prom.port");
        assertThat(DockerFiles.text("monitoring/prometheus.yml"))
                .contains("names: [jobmanager, taskmanager]", "port: " + port + "\n");
        assertThat(DockerFiles.text("healthy.sh")).contains("get localhost " + port);
    }

    private static List<Map<String, Object>> panels() {
        return ((List<?>) DockerFiles.yaml(FILE).get("panels"))
                .stream().map(DockerFiles::map).toList();
    }

    private static Set<String> asked() {
        return panels().stream()
                .flatMap(panel -> ((List<?>) panel.get("targets")).stream())
                .map(target -> DockerFiles.map(target).get("expr").toString())
                .flatMap(expression ->
                        Pattern.compile("flink_\\w+").matcher(expression).results())
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of the README, which MetricsITCase compares with what the operators register. */
    private static List<String> operators() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String table =
                readme.substring(readme.indexOf("<!-- metrics:begin -->"), readme.indexOf("<!-- metrics:end -->"));
        return table.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(row -> Pattern.compile("`([^`]+)`")
                        .matcher(row.split("\\|", -1)[1])
                        .results())
                .flatMap(found -> found.group(1).equals("deadLetters.<REASON>")
                        ? Arrays.stream(DeadLetterReason.values()).map(reason -> "deadLetters." + reason)
                        : java.util.stream.Stream.of(found.group(1)))
                .toList();
    }
}
