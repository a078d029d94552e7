package io.alexstream.job.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files in docker/, as text and as parsed YAML: maps, lists, strings, numbers and booleans. */
public final class DockerFiles {

    /** Surefire runs the tests of a module in the module's directory. */
    private static final Path FOLDER = Path.of("..", "docker");

    /** Where the job's own arguments begin in a command. */
    private static final String MAIN = "io.alexstream.job.ClassificationJob";

    private DockerFiles() {}

    static Path path(String name) {
        return FOLDER.resolve(name);
    }

    static String text(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All documents of a file, merge keys resolved. */
    static List<Map<String, Object>> documents(String name) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text(name))) {
            documents.add(map(document));
        }
        return documents;
    }

    static Map<String, Object> yaml(String name) {
        return documents(name).get(0);
    }

    /** What lies under a path of keys; fails where something on the way is missing. */
    static Object at(Map<String, Object> from, String... keys) {
        Object value = from;
        for (String key : keys) {
            Map<String, Object> map = map(value);
            if (!map.containsKey(key)) {
                throw new AssertionError("no " + String.join(" > ", keys) + ": only " + map.keySet());
            }
            value = map.get(key);
        }
        return value;
    }

    @SuppressWarnings("unchecked") // of YAML: keys that are no strings would be a mistake
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    /** Flink's keys of a service, as its image's entrypoint reads them: one a line, up to the first colon. */
    static Map<String, String> flinkProperties(Map<String, Object> compose, String service) {
        String block = (String) at(compose, "services", service, "environment", "FLINK_PROPERTIES");
        Map<String, String> properties = new LinkedHashMap<>();
        for (String line : block.lines().filter(line -> !line.isBlank()).toList()) {
            int colon = line.indexOf(':');
            String key = colon < 0 ? line : line.substring(0, colon);
            properties.put(
                    key, colon < 0 ? "" : withDefaults(line.substring(colon + 1).strip()));
        }
        return properties;
    }

    /** The job's arguments in the JobManager's command, variables replaced by their defaults. */
    public static List<String> composeArguments(String file) {
        List<String> command = strings(at(yaml(file), "services", "jobmanager", "command"));
        return arguments(command.subList(command.indexOf(MAIN) + 1, command.size()));
    }

    /** The job's arguments in a FlinkDeployment. */
    public static List<String> deploymentArguments(String file) {
        return arguments(strings(at(yaml(file), "spec", "job", "args")));
    }

    private static List<String> arguments(List<String> arguments) {
        return arguments.stream().map(DockerFiles::withDefaults).toList();
    }

    /** {@code ${NAME:-default}} as Compose replaces it where nothing is set. */
    static String withDefaults(String text) {
        return text.replaceAll("\\$\\{\\w+:-([^}]*)}", "$1");
    }
}
