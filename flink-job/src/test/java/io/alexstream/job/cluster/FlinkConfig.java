package io.alexstream.job.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A small cluster's {@code config.yaml}, and the JVM arguments that Flink's own start scripts derive from it.
 *
 * @param file the configuration's own
 */
record FlinkConfig(Path file, Map<String, String> settings) {

    static FlinkConfig write(Path directory, LoopbackPorts ports) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("jobmanager.rpc.address", LoopbackPorts.HOST);
        settings.put("jobmanager.bind-host", LoopbackPorts.HOST);
        settings.put("jobmanager.rpc.port", Integer.toString(ports.next()));
        settings.put("blob.server.port", Integer.toString(ports.next()));
        settings.put("rest.address", LoopbackPorts.HOST);
        settings.put("rest.bind-address", LoopbackPorts.HOST);
        settings.put("rest.port", Integer.toString(ports.next()));
        settings.put("taskmanager.host", LoopbackPorts.HOST);
        settings.put("taskmanager.bind-host", LoopbackPorts.HOST);
        settings.putAll(memory());
        settings.put(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        settings.put("execution.checkpointing.interval", "1 s");
        settings.put("restart-strategy.type", "fixed-delay");
        settings.put("restart-strategy.fixed-delay.attempts", Integer.toString(Integer.MAX_VALUE));
        settings.put("restart-strategy.fixed-delay.delay", "1 s");
        // A killed process is noticed by its closed connections; this is for a machine so busy that it looks dead.
        settings.put("heartbeat.timeout", "30000");
        // Two that do not even arrive mean the same, and 10 s between them would be long to wait.
        settings.put("heartbeat.interval", "1000");
        // Seconds after which the jar of a job that is gone is removed; an hour by default.
        settings.put("blob.service.cleanup.interval", "1");
        // How old a metric may be that the web interface shows; 10 s by default.
        settings.put("metrics.fetcher.update-interval", "1 s");
        // As docker/ has it: the copies in lib/ win over those in the job jar.
        settings.put("classloader.parent-first-patterns.additional", "ai.onnxruntime.;com.twelvemonkeys.");
        Path file = Files.createDirectories(directory.resolve("conf")).resolve("config.yaml");
        Files.write(
                file,
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .toList());
        return new FlinkConfig(file, settings);
    }

    /** The least that runs the job with a tiny model, so that a cluster fits beside a build. */
    private static Map<String, String> memory() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("jobmanager.memory.heap.size", "256m");
        settings.put("jobmanager.memory.jvm-metaspace.size", "200m");
        settings.put("taskmanager.memory.task.heap.size", "192m");
        settings.put("taskmanager.memory.framework.heap.size", "96m");
        settings.put("taskmanager.memory.task.off-heap.size", "128m");
        settings.put("taskmanager.memory.managed.size", "0m");
        settings.put("taskmanager.memory.network.max", "64m");
        settings.put("taskmanager.memory.jvm-metaspace.size", "200m");
        return settings;
    }

    int restPort() {
        return Integer.parseInt(settings.get("rest.port"));
    }

    Path directory() {
        return file.getParent();
    }

    /** JVM options, main class and its arguments. */
    List<String> jobManager(String classPath) {
        Configuration configuration = Configuration.fromMap(settings);
        JobManagerProcessSpec spec = JobManagerProcessUtils.processSpecFromConfig(configuration);
        return command(
                JobManagerProcessUtils.generateJvmParametersStr(spec, configuration),
                classPath,
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                JobManagerProcessUtils.generateDynamicConfigsStr(spec));
    }

    /** JVM options, main class and its arguments. */
    List<String> taskManager(String classPath, int slots) {
        Configuration configuration = Configuration.fromMap(settings);
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        return command(
                ProcessMemoryUtils.generateJvmParametersStr(spec),
                classPath,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                TaskExecutorProcessUtils.generateDynamicConfigsStr(spec) + " -D "
                        + TaskManagerOptions.NUM_TASK_SLOTS.key() + "=" + slots);
    }

    private List<String> command(String jvmOptions, String classPath, String main, String dynamicSettings) {
        List<String> command = new ArrayList<>(words(jvmOptions));
        command.addAll(
                List.of("-cp", classPath, main, "--configDir", directory().toString()));
        command.addAll(words(dynamicSettings));
        return command;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toList());
    }
}
