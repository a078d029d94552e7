package io.alexstream.job.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker (KRaft, one node) in this JVM, on a free port of the loopback address, with its data in a temporary
 * directory that {@link #close} removes. It does not create topics by itself. Confined to the thread that started it,
 * except {@link #bootstrapServers}, which may be read anywhere.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final Path directory;
    private final int port;
    private final Map<String, String> properties;
    private KafkaRaftServer server;

    private EmbeddedKafka(Path directory, Map<String, String> overrides) throws Exception {
        // A broker that gives up halts the JVM; here the JVM is the test's or the demo's.
        Exit.setHaltProcedure((status, message) -> {
            throw new IllegalStateException("the Kafka broker halted with status " + status + ": " + message);
        });
        this.directory = directory;
        List<Integer> ports = freePorts(2);
        this.port = ports.get(0);
        properties = properties(port, ports.get(1), directory);
        properties.putAll(overrides);
        format(directory);
        server = running(properties);
    }

    private static KafkaRaftServer running(Map<String, String> properties) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        return server;
    }

    /** Takes the broker away, as a maintenance does; what it was told stays. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Brings a stopped broker back, at the same place. */
    public void startAgain() {
        server = running(properties);
    }

    /** Starts a broker; the caller closes it. */
    public static EmbeddedKafka start() throws Exception {
        return start(Map.of());
    }

    /** Starts a broker with broker properties of the caller's own on top; the caller closes it. */
    public static EmbeddedKafka start(Map<String, String> overrides) throws Exception {
        Path directory = Files.createTempDirectory("alexstream-kafka-");
        try {
            return new EmbeddedKafka(directory, overrides);
        } catch (Exception e) {
            delete(directory);
            throw e;
        }
    }

    public String bootstrapServers() {
        return LOOPBACK + ":" + port;
    }

    /** Creates one topic; {@code configs} are topic configs such as {@code max.message.bytes}. */
    public void createTopics(String name, int partitions, Map<String, String> configs)
            throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
            admin.createTopics(List.of(topic)).all().get();
            while (!isKnown(admin, name, partitions)) {
                Thread.onSpinWait();
            }
        }
    }

    /** Deletes a topic and creates another of its name, whose offsets begin again. */
    public void makeAnew(String name, int partitions) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(name)).all().get();
            while (admin.listTopics().names().get().contains(name)) {
                Thread.onSpinWait();
            }
        }
        createTopics(name, partitions, Map.of());
    }

    /** The controller answers before the broker, a moment later, knows of the topic. */
    public static boolean isKnown(Admin admin, String name, int partitions) throws InterruptedException {
        try {
            var description =
                    admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
            return description.partitions().stream()
                            .filter(partition -> partition.leader() != null)
                            .count()
                    == partitions;
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** Creates topics of {@code partitions} partitions each. */
    public void createTopics(int partitions, String... names) throws ExecutionException, InterruptedException {
        for (String name : names) {
            createTopics(name, partitions, Map.of());
        }
    }

    /** An administration client of this broker; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    @Override
    public void close() throws IOException {
        stop();
        delete(directory);
    }

    private static Map<String, String> properties(int port, int controllerPort, Path directory) {
        Map<String, String> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(
                "listeners",
                "PLAINTEXT://" + LOOPBACK + ":" + port + ",CONTROLLER://" + LOOPBACK + ":" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + LOOPBACK + ":" + port);
        properties.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        properties.put("log.dirs", directory.toString());
        properties.put("auto.create.topics.enable", "false");
        // One node cannot replicate; few internal partitions start and stop faster than the default 50.
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("group.initial.rebalance.delay.ms", "0");
        return properties;
    }

    /** Makes that directory the empty log of a new cluster of one node, number 1. */
    public static void format(Path directory) throws Exception {
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        new Formatter()
                .setPrintStream(silent)
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                .run();
    }

    /** All are open at once, so that they differ. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
