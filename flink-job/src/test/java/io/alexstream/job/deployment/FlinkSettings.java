package io.alexstream.job.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;

/** What every place that configures Flink must hold to. */
final class FlinkSettings {

    /** The frames of AlexNet at the defaults: (1 session + 3) x 32 x 227 x 227 x 3 bytes, and as much again for Kafka and the fetchers. */
    private static final MemorySize FRAMES = new MemorySize(2L * 4 * 32 * 227 * 227 * 3);

    /** ONNX Runtime's own memory for AlexNet, in the README. */
    private static final MemorySize ONNX_RUNTIME = MemorySize.parse("512m");

    private FlinkSettings() {}

    /** Keys that Flink knows, values that it can read, and none that its YAML or its image's entrypoint would lose. */
    static void assertThatFlinkTakesThem(String where, Map<String, String> settings) throws IOException {
        FlinkKeys keys = FlinkKeys.onTheClassPath();
        Configuration configuration = Configuration.fromMap(settings);
        settings.forEach((key, value) -> {
            assertThat(keys.isKnown(key)).as("%s: Flink knows %s", where, key).isTrue();
            // The entrypoint would drop white space and keep quotes.
            assertThat(value)
                    .as("%s: %s", where, key)
                    .isNotBlank()
                    .doesNotContainAnyWhitespaces()
                    .doesNotContain("\"", "'", "#");
            ConfigOption<?> option = keys.option(key);
            if (option != null) {
                assertThatCode(() -> configuration.get(option))
                        .as("%s: Flink reads %s: %s", where, key, value)
                        .doesNotThrowAnyException();
            }
        });
        assertThat(FlinkKeys.nested(settings.keySet())).as(where).isEmpty();
        // Without these the native code would be loaded once a submission.
        assertThat(settings.get("classloader.parent-first-patterns.additional"))
                .as(where)
                .isEqualTo("ai.onnxruntime.;com.twelvemonkeys.");
    }

    /** The memory keys add up, with room for the frames and for ONNX Runtime. */
    static void assertThatMemoryFits(String where, Map<String, String> settings) {
        Configuration configuration = Configuration.fromMap(settings);
        TaskExecutorProcessSpec taskManager = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        assertThat(taskManager.getTaskOffHeapSize()).as(where).isGreaterThan(FRAMES);
        assertThat(taskManager.getJvmMetaspaceAndOverhead().getOverhead())
                .as(where)
                .isGreaterThan(ONNX_RUNTIME);
        assertThat(taskManager.getManagedMemorySize()).as(where).isEqualTo(MemorySize.ZERO);
        assertThat(taskManager.getTaskHeapSize()).as(where).isGreaterThan(MemorySize.parse("512m"));
        assertThatCode(() -> JobManagerProcessUtils.processSpecFromConfig(configuration))
                .as(where)
                .doesNotThrowAnyException();
    }
}
