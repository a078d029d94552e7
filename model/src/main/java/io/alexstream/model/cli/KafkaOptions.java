package io.alexstream.model.cli;

import io.alexstream.model.stream.KafkaAccess;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that talk to Kafka. */
public final class KafkaOptions {

    /** Longest name of a topic that brokers take, and its characters. */
    private static final String TOPIC = "[a-zA-Z0-9._-]{1,249}";

    private static final String SERVER = "[^\\s,:]+:\\d{1,5}|\\[[0-9a-fA-F:.]+]:\\d{1,5}|[A-Z_]+://\\S+:\\d{1,5}";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            description = "Kafka brokers to begin with. Required.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "Properties file for the Kafka client, as Kafka's own tools take it. Passwords belong here: everybody"
                            + " on this machine can see a command line.")
    private @Nullable String config;

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description = "Passed to the Kafka client; wins over --kafka-config. May be repeated.")
    private List<String> properties = List.of();

    /** What was asked; use it only after {@link Problems#throwIfAny()}. */
    KafkaAccess access(Problems problems) {
        String servers = problems.required("--bootstrap-servers", bootstrapServers);
        for (String server : servers == null ? new String[0] : servers.split(",", -1)) {
            if (!server.strip().matches(SERVER)) {
                problems.add(
                        "--bootstrap-servers must be host:port, several separated by commas, was '" + servers + "'");
                break;
            }
        }
        Map<String, String> settings = new LinkedHashMap<>(read(problems.file("--kafka-config", config), problems));
        for (String property : properties) {
            int equals = property.indexOf('=');
            if (equals < 1) {
                // The value may be a secret: it is not repeated.
                problems.add("--kafka-property must be KEY=VALUE");
            } else {
                settings.put(property.substring(0, equals).strip(), property.substring(equals + 1));
            }
        }
        return new KafkaAccess(servers == null ? "" : servers.replace(" ", ""), settings);
    }

    private static Map<String, String> read(@Nullable Path file, Problems problems) {
        Properties read = new Properties();
        if (file != null) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                read.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                problems.add("--kafka-config must be a properties file in UTF-8, was '" + file + "'");
            }
        }
        Map<String, String> settings = new TreeMap<>();
        read.stringPropertyNames().forEach(key -> settings.put(key, read.getProperty(key)));
        return settings;
    }

    static void requireTopic(String option, String topic, Problems problems) {
        if (!topic.matches(TOPIC)) {
            problems.add(
                    option + " must be 1 to 249 letters, digits, dots, dashes or underscores, was '" + topic + "'");
        }
    }
}
