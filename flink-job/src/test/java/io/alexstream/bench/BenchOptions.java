package io.alexstream.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Maven passes on.
 *
 * @param directory where the report and everything else that is made goes
 * @param parts what to measure ({@code -Dbench})
 * @param seconds length of one measured round, about ({@code -Dbench.seconds})
 * @param rounds measured rounds of the throughput part ({@code -Dbench.rounds})
 * @param minutes length of the soak ({@code -Dbench.minutes})
 */
record BenchOptions(Path directory, List<String> parts, int seconds, int rounds, int minutes) {

    /** With these the whole takes a quarter of an hour on two cores. */
    private static final int SECONDS = 20;

    private static final int ROUNDS = 3;
    private static final int MINUTES = 10;
    private static final List<String> PARTS = List.of("throughput", "fill", "latency", "swap", "jmh");

    /** Not among the defaults: it takes twenty minutes alone. */
    static final String SOAK = "soak";

    /** Reads {@code --key=value}; an empty value counts as not given, since Maven passes what was not set so. */
    static BenchOptions parse(String... args) {
        Map<String, String> given = given(args);
        return new BenchOptions(
                directory(args),
                parts(given.get("--parts")),
                number(given, "--seconds", SECONDS),
                number(given, "--rounds", ROUNDS),
                number(given, "--minutes", MINUTES));
    }

    /** Where everything goes; to be known also where the other options are wrong. */
    static Path directory(String... args) {
        return Path.of(given(args).getOrDefault("--directory", "target/bench")).toAbsolutePath();
    }

    private static Map<String, String> given(String... args) {
        Map<String, String> given = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals > 0 && equals < arg.length() - 1) {
                given.put(arg.substring(0, equals), arg.substring(equals + 1));
            }
        }
        return given;
    }

    private static List<String> parts(@Nullable String text) {
        if (text == null) {
            return PARTS;
        }
        List<String> parts = List.of(text.split(","));
        for (String part : parts) {
            if (!PARTS.contains(part) && !part.equals(SOAK)) {
                throw new IllegalArgumentException("-Dbench must be of " + String.join(", ", PARTS) + " and " + SOAK
                        + ", separated by commas, was " + text);
            }
        }
        return parts;
    }

    private static int number(Map<String, String> given, String key, int otherwise) {
        String text = given.get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(
                    key.replace("--", "-Dbench.") + " must be a whole number from 1 to 99999, was " + text);
        }
        return Integer.parseInt(text);
    }

    /** As it was, or could have been, typed. */
    String command() {
        return "mvn -Pbench -Dbench=" + String.join(",", parts) + " -Dbench.seconds=" + seconds + " -Dbench.rounds="
                + rounds + (parts.contains(SOAK) ? " -Dbench.minutes=" + minutes : "");
    }
}
