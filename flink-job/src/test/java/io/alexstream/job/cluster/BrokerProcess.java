package io.alexstream.job.cluster;

import io.alexstream.job.testing.EmbeddedKafka;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A Kafka broker (KRaft, one node) as a process, whose log outlives it. It has three listeners: a direct one for the test,
 * one behind a {@link TcpProxy} for the job, and one with TLS and SASL. Confined to one thread.
 */
final class BrokerProcess implements AutoCloseable {

    private final Path directory;
    private final String classPath;
    private final int direct;
    private final int secure;
    private final TcpProxy proxy;
    private final Credentials credentials;
    private ChildJvm process;

    BrokerProcess(Path directory, LoopbackPorts ports) throws Exception {
        this.directory = Files.createDirectories(directory);
        classPath = LibFolder.kafka(directory.resolve("libs"));
        direct = ports.next();
        secure = ports.next();
        int proxied = ports.next();
        credentials = Credentials.make(directory);
        proxy = new TcpProxy(proxied);
        process = Starting.orClose(
                () -> {
                    try (Writer file = Files.newBufferedWriter(propertiesFile(), StandardCharsets.UTF_8)) {
                        properties(proxied, ports.next()).store(file, null);
                    }
                    EmbeddedKafka.format(directory.resolve("data"));
                    return startProcess();
                },
                proxy);
    }

    private Properties properties(int proxied, int controller) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@" + address(controller));
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "DIRECT");
        String advertised = "DIRECT://" + address(direct) + ",SECURE://" + address(secure) + ",PROXIED://";
        properties.put("advertised.listeners", advertised + address(proxy.port()));
        properties.put("listeners", advertised + address(proxied) + ",CONTROLLER://" + address(controller));
        properties.put(
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,DIRECT:PLAINTEXT,PROXIED:PLAINTEXT,SECURE:SASL_SSL");
        properties.putAll(credentials.brokerProperties("listener.name.secure."));
        properties.put("sasl.enabled.mechanisms", "PLAIN");
        properties.put("log.dirs", directory.resolve("data").toString());
        properties.put("auto.create.topics.enable", "false");
        // One node cannot replicate; few internal partitions start and stop faster than the default 50.
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // The controller forgets a killed broker after the session; until then the new one cannot register.
        properties.put("broker.session.timeout.ms", "2000");
        properties.put("broker.heartbeat.interval.ms", "500");
        return properties;
    }

    private static String address(int port) {
        return LoopbackPorts.HOST + ":" + port;
    }

    private Path propertiesFile() {
        return directory.resolve("server.properties");
    }

    private ChildJvm startProcess() throws Exception {
        ChildJvm child = ChildJvm.start(
                "the broker",
                directory.resolve("kafka.log"),
                Map.of(),
                List.of(
                        "-Xmx400m",
                        ChildJvm.QUICK_START,
                        "-Dlog4j2.configurationFile=" + LogConfig.write(directory),
                        "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                        "-cp",
                        classPath,
                        "kafka.Kafka",
                        propertiesFile().toString()));
        return Starting.orClose(
                () -> {
                    Patience.until("the broker answers", () -> isDead(child) || answers(), child::tail);
                    if (isDead(child)) {
                        throw new AssertionError("the broker did not start; " + child.tail());
                    }
                    return child;
                },
                child);
    }

    private static boolean isDead(ChildJvm child) {
        return !child.isAlive();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LoopbackPorts.HOST, direct), 1000);
        } catch (IOException e) {
            return false;
        }
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (Exception e) {
            return false;
        }
    }

    /** Where the test reads and writes. */
    String bootstrapServers() {
        return address(direct);
    }

    /** Where the job reads and writes. */
    String proxiedBootstrapServers() {
        return address(proxy.port());
    }

    /** Where only those are let in who have the {@link #credentials}. */
    String secureBootstrapServers() {
        return address(secure);
    }

    Credentials credentials() {
        return credentials;
    }

    TcpProxy proxy() {
        return proxy;
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts it again, on its log; returns when it answers. */
    void restart() throws Exception {
        process = startProcess();
    }

    /** Returns when producers and consumers find it. */
    void createTopic(String name, int partitions, Map<String, String> configs) throws Exception {
        try (Admin admin = admin()) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
            admin.createTopics(List.of(topic)).all().get();
            Patience.until(
                    "the broker knows topic " + name,
                    () -> EmbeddedKafka.isKnown(admin, name, partitions),
                    process::tail);
        }
    }

    /** An administration client; the caller closes it. */
    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    String tail() throws IOException {
        return process.tail();
    }

    @Override
    public void close() throws Exception {
        proxy.close();
        // Its data goes with it; there is nothing to shut down in order.
        process.kill();
        Folders.delete(directory.resolve("data"));
        Folders.delete(directory.resolve("tmp"));
    }
}
