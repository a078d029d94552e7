package io.alexstream.model.cli;

import io.alexstream.model.stream.KafkaAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description = "Passed to the Kafka client, for instance for SASL and TLS. May be repeated.")
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
        Map<String, String> settings = new LinkedHashMap<>();
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

    static void requireTopic(String option, String topic, Problems problems) {
        if (!topic.matches(TOPIC)) {
            problems.add(
                    option + " must be 1 to 249 letters, digits, dots, dashes or underscores, was '" + topic + "'");
        }
    }
}
