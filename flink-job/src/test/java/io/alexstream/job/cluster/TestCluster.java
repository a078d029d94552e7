package io.alexstream.job.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * All that one test class needs outside its JVM: a broker, a Flink cluster, an image server and a model repository, under
 * {@code target/cluster/<name>}, where the logs stay. Confined to one thread.
 */
final class TestCluster implements AutoCloseable {

    private final Path directory;
    private final BrokerProcess broker;
    private final FlinkCluster flink;
    private final ImageServer imageServer;
    private final ModelShelf shelf;
    private int taskManagersStarted;

    /** Starts it all, without TaskManagers. */
    TestCluster(String name) throws Exception {
        directory = Path.of(Objects.requireNonNull(System.getProperty("alexstream.cluster"), "alexstream.cluster"))
                .resolve(name)
                .toAbsolutePath();
        Folders.delete(directory);
        Files.createDirectories(directory);
        LoopbackPorts ports = new LoopbackPorts();
        shelf = new ModelShelf(directory.resolve("models"));
        imageServer = new ImageServer(ports);
        broker = Starting.orClose(() -> new BrokerProcess(directory.resolve("kafka"), ports), imageServer);
        flink = Starting.orClose(() -> new FlinkCluster(directory.resolve("flink"), ports), broker, imageServer);
    }

    /** Starts so many TaskManagers; returns when they are there, and closes all where they do not come. */
    TestCluster withTaskManagers(int count) throws Exception {
        return Starting.orClose(
                () -> {
                    for (int i = 0; i < count; i++) {
                        startTaskManager();
                    }
                    flink.awaitTaskManagers();
                    return this;
                },
                this);
    }

    /** Starts one with a name of its own, and does not wait for it. */
    void startTaskManager() throws IOException {
        taskManagersStarted++;
        flink.startTaskManager("taskmanager-" + taskManagersStarted);
    }

    BrokerProcess broker() {
        return broker;
    }

    FlinkCluster flink() {
        return flink;
    }

    ImageServer imageServer() {
        return imageServer;
    }

    ModelShelf shelf() {
        return shelf;
    }

    Path directory() {
        return directory;
    }

    Path checkpoints() {
        return directory.resolve("flink").resolve("checkpoints");
    }

    String savepoints() {
        return directory.resolve("flink").resolve("savepoints").toUri().toString();
    }

    @Override
    public void close() throws Exception {
        try (broker;
                imageServer) {
            flink.close();
        }
        Folders.delete(checkpoints());
    }
}
