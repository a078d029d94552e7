package io.alexstream.bench;

import io.alexstream.job.testing.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A broker in a JVM of its own, so that the job's memory and the broker's are told apart. It ends when this process closes
 * its standard input, so also when this process dies. Confined to one thread.
 */
final class ForkedKafka implements AutoCloseable {

    private static final String READY = "broker at ";
    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    private final Process process;
    private final String bootstrapServers;

    private ForkedKafka(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** The forked JVM's main. */
    public static void main(String[] args) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            System.out.println(READY + kafka.bootstrapServers());
            while (System.in.read() >= 0) {
                // until the parent closes it
            }
        }
        System.exit(0);
    }

    static ForkedKafka start(Path directory) throws IOException {
        Path log = directory.resolve("kafka.log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        // As the bench's own, and for the same reason: see the profile.
                        "-XX:CompileThresholdScaling=0.1",
                        "-Dlog4j2.configurationFile=log4j2-demo.properties",
                        "-Ddemo.log=" + log,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ForkedKafka.class.getName()))
                .redirectError(log.resolveSibling("kafka-stderr.log").toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new ForkedKafka(process, line.substring(READY.length()));
            }
        }
        throw new IOException("the Kafka broker did not start; see " + log);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Processor time that the broker has used. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Creates topics whose records carry the time at which the broker appended them. */
    void createTopics(int partitions, String... names) throws Exception {
        createTopics(partitions, Map.of("message.timestamp.type", "LogAppendTime"), names);
    }

    void createTopics(int partitions, Map<String, String> configs, String... names) throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics).all().get();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
