package io.alexstream.job;

import io.alexstream.job.kafka.KafkaSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;

/**
 * The job's arguments: {@code --key value}, {@code --key=value}, {@code --config FILE} and {@code --help}, read from left
 * to right; what comes later wins, whether it came from a file or not.
 *
 * @param problems one line each, in the order of the arguments
 * @param exposed passwords that stood among the arguments themselves, by their keys
 */
record CommandLine(Configuration configuration, boolean isHelp, List<String> problems, List<String> exposed) {

    /** Longest argument that a message repeats whole. */
    private static final int SHOWN = 100;

    static CommandLine parse(String... args) {
        return new Parser().parse(args);
    }

    /** Reads one command line; used once. */
    private static final class Parser {

        private final Configuration configuration = new Configuration();
        private final List<String> problems = new ArrayList<>();
        private final List<String> exposed = new ArrayList<>();
        private final List<String> keys =
                JobOptions.all().stream().map(OptionText::name).toList();
        private boolean help;

        CommandLine parse(String[] args) {
            int next = 0;
            while (next < args.length) {
                next = argument(args, next);
            }
            return new CommandLine(configuration, help, List.copyOf(problems), List.copyOf(exposed));
        }

        /** Reads the argument at {@code index} with its value; returns the index of the next one. */
        private int argument(String[] args, int index) {
            String argument = args[index];
            if (argument.equals("--help") || argument.equals("-h")) {
                help = true;
                return index + 1;
            }
            if (!argument.startsWith("--") || argument.length() == 2) {
                // Not repeated: it may be a piece of a password that was not quoted.
                problems.add("argument " + (index + 1)
                        + ": expected --key value, --config FILE or --help; quote a value that holds spaces");
                return index + 1;
            }
            int equals = argument.indexOf('=');
            if (equals >= 0) {
                set(argument.substring(2, equals), argument.substring(equals + 1), "");
                return index + 1;
            }
            boolean hasValue = index + 1 < args.length && !args[index + 1].startsWith("--");
            if (hasValue) {
                set(argument.substring(2), args[index + 1], "");
                return index + 2;
            }
            String key = argument.substring(2);
            if (isKnown(key, "")) {
                problems.add(key + ": has no value; write --" + key + " VALUE, or --" + key
                        + "=VALUE where it begins with --");
            }
            return index + 1;
        }

        private void set(String key, String value, String origin) {
            if (origin.isEmpty() && key.equals("config")) {
                file(value);
            } else if (isKnown(key, origin)) {
                configuration.setString(key, value.strip());
                if (origin.isEmpty() && isPassword(key)) {
                    exposed.add(key);
                }
            }
        }

        private static boolean isPassword(String key) {
            String prefix = JobOptions.KAFKA_PROPERTIES.key() + ".";
            return key.startsWith(prefix) && KafkaSettings.isPassword(key.substring(prefix.length()));
        }

        private boolean isKnown(String key, String origin) {
            String prefix = JobOptions.KAFKA_PROPERTIES.key() + ".";
            boolean isProperty = key.startsWith(prefix) && key.length() > prefix.length();
            boolean isOption = keys.contains(key) && !key.endsWith("*");
            if (isProperty || isOption || (origin.isEmpty() && key.equals("config"))) {
                return true;
            }
            String hint = NearestKey.to(key, keys)
                    .map(nearest -> "; did you mean '" + nearest + "'?")
                    .orElse("");
            problems.add(shown(key) + ": unknown option" + origin + hint);
            return false;
        }

        private void file(String name) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(name), StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                problems.add("config: cannot read the properties file '" + shown(name) + "': " + reason(e));
                return;
            }
            for (String key : new TreeSet<>(properties.stringPropertyNames())) {
                set(key, properties.getProperty(key), " in " + name);
            }
        }

        private static String reason(Exception e) {
            if (e instanceof NoSuchFileException) {
                return "there is no such file";
            }
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }

        private static String shown(String text) {
            return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        }
    }
}
