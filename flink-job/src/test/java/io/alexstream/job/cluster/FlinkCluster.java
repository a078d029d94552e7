package io.alexstream.job.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Flink cluster of processes: one JobManager and TaskManagers by name, all with a folder {@code lib/} as docker/ lays it
 * out. Confined to one thread.
 */
final class FlinkCluster implements AutoCloseable {

    /** How many slots a TaskManager has, where nothing else is said. */
    static final int SLOTS = 2;

    private final Path directory;
    private final String lib;
    private final String onnxRuntime;
    private final FlinkConfig config;
    private final FlinkRest rest;
    private final Map<String, ChildJvm> taskManagers = new LinkedHashMap<>();
    private final Map<String, Integer> slots = new HashMap<>();
    private ChildJvm jobManager;

    /** Starts the JobManager alone. */
    FlinkCluster(Path directory, LoopbackPorts ports) throws Exception {
        this.directory = Files.createDirectories(directory);
        lib = LibFolder.flink(directory.resolve("lib"));
        onnxRuntime = LibFolder.onnxRuntime(directory.resolve("lib-onnxruntime"));
        config = FlinkConfig.write(directory, ports);
        rest = new FlinkRest(config.restPort());
        jobManager = startJobManager();
        Starting.orClose(
                () -> {
                    awaitTaskManagers();
                    return this;
                },
                this);
    }

    /** Starts a TaskManager with ONNX Runtime in its {@code lib/}; {@link #awaitTaskManagers} waits for it. */
    void startTaskManager(String name) throws IOException {
        startTaskManager(name, SLOTS);
    }

    /** The same with so many slots. */
    void startTaskManager(String name, int slotCount) throws IOException {
        startTaskManager(name, slotCount, lib + ":" + onnxRuntime);
    }

    /** Starts one that has no ONNX Runtime but that in the job jar. */
    void startTaskManagerWithoutOnnxRuntime(String name) throws IOException {
        startTaskManager(name, SLOTS, lib);
    }

    private void startTaskManager(String name, int slotCount, String classPath) throws IOException {
        // What grows is then none of the heap, and what only soft references hold is no leak.
        List<String> command = new ArrayList<>(List.of("-XX:+AlwaysPreTouch", "-XX:SoftRefLRUPolicyMSPerMB=0"));
        command.addAll(config.taskManager(classPath, slotCount));
        slots.put(name, slotCount);
        taskManagers.put(name, startProcess(name, command));
    }

    private ChildJvm startJobManager() throws IOException {
        // It lives for minutes, and shares two cores with all the others.
        List<String> command = new ArrayList<>(List.of(ChildJvm.QUICK_START));
        command.addAll(config.jobManager(lib));
        return startProcess("jobmanager", command);
    }

    /** Where a process puts its temporary files, Flink's and ONNX Runtime's; what is killed leaves them. */
    Path temporaryFolder(String name) {
        return directory.resolve("tmp").resolve(name);
    }

    private ChildJvm startProcess(String name, List<String> command) throws IOException {
        List<String> arguments = new ArrayList<>(jvmOpens());
        arguments.addAll(command);
        return startJvm(name, log(name), arguments);
    }

    private Map<String, String> environment() {
        return Map.of(
                "FLINK_CONF_DIR", config.directory().toString(),
                "FLINK_LIB_DIR", directory.resolve("lib").toString(),
                "FLINK_PLUGINS_DIR", directory.resolve("plugins").toString());
    }

    /** Flink reflects into the JDK; the build gives the same openings to this JVM. */
    private static List<String> jvmOpens() {
        return Arrays.stream(System.getProperty("alexstream.jvm.opens", "").split(" "))
                .filter(option -> !option.isBlank())
                .collect(Collectors.toList());
    }

    Path log(String name) {
        return directory.resolve(name + ".log");
    }

    FlinkRest rest() {
        return rest;
    }

    ChildJvm taskManager(String name) {
        return taskManagers.get(name);
    }

    /** Those that were started and not killed. */
    List<String> taskManagers() {
        return List.copyOf(taskManagers.keySet());
    }

    /** {@code kill -9}. */
    void killTaskManager(String name) throws InterruptedException {
        taskManagers.remove(name).kill();
    }

    /** {@code kill -9}. */
    void killJobManager() throws InterruptedException {
        jobManager.kill();
    }

    /** Starts it again; it knows nothing of what ran. */
    void restartJobManager() throws Exception {
        jobManager = startJobManager();
        awaitTaskManagers();
    }

    /** Returns when the JobManager answers and has as many TaskManagers as run. */
    void awaitTaskManagers() throws Exception {
        Patience.until(
                taskManagers.size() + " TaskManagers are registered",
                () -> rest.taskManagers() == taskManagers.size(),
                this::plight);
    }

    /** Returns when all slots are free. */
    void awaitFreeSlots() throws Exception {
        int count = taskManagers.keySet().stream().mapToInt(slots::get).sum();
        Patience.until(count + " slots are free", () -> rest.freeSlots() >= count, this::plight);
    }

    /**
     * Runs Flink's own command line, as {@code flink ARGUMENTS} does, and returns what it printed.
     *
     * @throws AssertionError where it fails, with what it printed
     */
    String cli(String... arguments) throws Exception {
        Path log = Files.createTempFile(directory, "cli-" + arguments[0] + "-", ".log");
        try (ChildJvm cli = startCli(log, arguments)) {
            cli.awaitSuccess(Patience.LIMIT);
        }
        return Files.readString(log);
    }

    /** The same for one that must fail: returns what it printed. */
    String failingCli(String... arguments) throws Exception {
        Path log = Files.createTempFile(directory, "cli-" + arguments[0] + "-", ".log");
        try (ChildJvm cli = startCli(log, arguments)) {
            Patience.until("flink " + arguments[0] + " ends", () -> !cli.isAlive(), cli::tail);
            cli.awaitSuccess(Patience.LIMIT);
        } catch (AssertionError expected) {
            return Files.readString(log);
        }
        throw new AssertionError("flink " + arguments[0] + " did not fail; it said: " + Files.readString(log));
    }

    private ChildJvm startCli(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(jvmOpens());
        command.addAll(
                List.of("-Xmx256m", ChildJvm.QUICK_START, "-cp", lib, "org.apache.flink.client.cli.CliFrontend"));
        command.addAll(List.of(arguments));
        return startJvm("flink-" + arguments[0], log, command);
    }

    private ChildJvm startJvm(String name, Path log, List<String> command) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add("-Dlog4j2.configurationFile=" + LogConfig.write(directory));
        // Flink's temporary folder is the JVM's.
        arguments.add("-Djava.io.tmpdir=" + Files.createDirectories(temporaryFolder(name)));
        arguments.addAll(command);
        return ChildJvm.start(name, log, environment(), arguments);
    }

    /** What is known of the cluster, for a failure's message. */
    String plight() throws IOException {
        StringBuilder text = new StringBuilder(jobManager.tail());
        for (ChildJvm taskManager : taskManagers.values()) {
            text.append('\n').append(taskManager.tail());
        }
        return text.toString();
    }

    @Override
    public void close() throws Exception {
        for (ChildJvm taskManager : taskManagers.values()) {
            taskManager.kill();
        }
        jobManager.kill();
        Folders.delete(directory.resolve("tmp"));
    }
}
