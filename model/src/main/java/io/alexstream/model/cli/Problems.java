package io.alexstream.model.cli;

import io.alexstream.model.publish.PackageLocation;
import io.alexstream.model.terminal.Text;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads a command's options and collects what is wrong with them, so that all mistakes are reported together. Options are
 * plain strings to picocli, null where absent. A reading that failed gives null: call {@link #throwIfAny()} before values are used.
 * Confined to one thread.
 */
public final class Problems {

    /** At most nine digits: no sum of milliseconds overflows. */
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|min|h)");

    private final CommandSpec command;
    private final List<String> lines = new ArrayList<>();

    /** Starts with the arguments that picocli could not match. */
    public Problems(CommandSpec command) {
        this.command = command;
        for (String argument : command.commandLine().getUnmatchedArguments()) {
            add(argument.startsWith("-") ? "unknown option " + argument : "unexpected argument '" + argument + "'");
        }
    }

    /** One line: the option, the value, what is allowed. Values and labels are strangers' text, so it is made harmless. */
    public void add(String line) {
        lines.add(Text.plain(line));
    }

    /** Whether anything was added. */
    public boolean any() {
        return !lines.isEmpty();
    }

    /** Ends the command with exit status 2 where anything was added. */
    public void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new ParameterException(command.commandLine(), String.join("\n", lines));
        }
    }

    /** A value that must be there. */
    public @Nullable String required(String option, @Nullable String value) {
        if (value == null || value.isBlank()) {
            add(option + " is missing");
            return null;
        }
        return value;
    }

    public @Nullable Integer integer(String option, @Nullable String value, int least, int most) {
        Integer read = parsed(option, value, Integer::valueOf, "a whole number from " + least + " to " + most);
        if (read != null && (read < least || read > most)) {
            add(option + " must be a whole number from " + least + " to " + most + ", was '" + value + "'");
            return null;
        }
        return read;
    }

    /** A number above 0 and below 1. */
    public @Nullable Double share(String option, @Nullable String value) {
        String allowed = "a number above 0 and below 1";
        Double read = parsed(option, value, Double::valueOf, allowed);
        if (read != null && !(read > 0 && read < 1)) {
            add(option + " must be " + allowed + ", was '" + value + "'");
            return null;
        }
        return read;
    }

    /** A number from 0 to 1. */
    public @Nullable Double fraction(String option, @Nullable String value) {
        String allowed = "a number from 0 to 1";
        Double read = parsed(option, value, Double::valueOf, allowed);
        if (read != null && !(read >= 0 && read <= 1)) {
            add(option + " must be " + allowed + ", was '" + value + "'");
            return null;
        }
        return read;
    }

    public @Nullable Long longInteger(String option, @Nullable String value) {
        return parsed(option, value, Long::valueOf, "a whole number of at most 64 bits");
    }

    /** A time span above 0 with its unit, as the job's options take it: {@code 250ms}, {@code 30 s}, {@code 5 min}, {@code 1 h}. */
    public @Nullable Duration duration(String option, @Nullable String value) {
        return parsed(option, value, Problems::toDuration, "a time like 250 ms, 30 s, 5 min or 1 h");
    }

    private static Duration toDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m", "min" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        if (duration.isZero()) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    /** Where a package or a repository lies: a plain path, or a URI of any file system. */
    public @Nullable String location(String option, @Nullable String value) {
        return parsed(option, value, PackageLocation::uri, "a path or a URI like file:///models or s3://models");
    }

    /** One of an enum's constants, in any case, with dashes for underscores. */
    public <E extends Enum<E>> @Nullable E oneOf(String option, @Nullable String value, Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        return parsed(
                option,
                value,
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')),
                "one of " + String.join(", ", names));
    }

    /** Three numbers with commas between them. */
    public @Nullable List<Double> triple(String option, @Nullable String value, boolean positive) {
        String allowed = positive ? "three numbers above 0 like 58.4,57.1,57.4" : "three numbers like 104,117,123";
        List<Double> numbers = parsed(
                option,
                value,
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(Double::valueOf)
                        .toList(),
                allowed);
        if (numbers != null
                && (numbers.size() != 3
                        || numbers.stream()
                                .anyMatch(number -> !Double.isFinite(number) || (positive && number <= 0)))) {
            add(option + " must be " + allowed + ", was '" + value + "'");
            return null;
        }
        return numbers;
    }

    /** A file that can be read. */
    public @Nullable Path file(String option, @Nullable String value) {
        Path path = path(option, value);
        if (path == null) {
            return null;
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            add(option + " must be a readable file, was '" + value + "'" + (Files.exists(path) ? "" : " (not there)"));
            return null;
        }
        return path;
    }

    /** A file or directory that is there. */
    public @Nullable Path existing(String option, @Nullable String value) {
        Path path = path(option, value);
        if (path != null && !Files.isReadable(path)) {
            add(option + " must be a readable file or folder, was '" + value + "'"
                    + (Files.exists(path) ? "" : " (not there)"));
            return null;
        }
        return path;
    }

    /** A directory that is there or can be made. */
    public @Nullable Path directoryToWrite(String option, @Nullable String value) {
        Path path = path(option, value);
        if (path == null) {
            return null;
        }
        for (Path above = path.toAbsolutePath(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                if (Files.isDirectory(above) && Files.isWritable(above)) {
                    return path;
                }
                add(option + " must be a directory that can be written, was '" + value + "' (" + above + " cannot)");
                return null;
            }
        }
        return path;
    }

    /** A file that is there or can be made. */
    public @Nullable Path fileToWrite(String option, @Nullable String value) {
        Path path = path(option, value);
        if (path == null) {
            return null;
        }
        if (Files.isDirectory(path)) {
            add(option + " must be a file, was the folder '" + value + "'");
            return null;
        }
        Path folder = path.toAbsolutePath().getParent();
        return folder == null || directoryToWrite(option, folder.toString()) == null ? null : path;
    }

    private @Nullable Path path(String option, @Nullable String value) {
        return parsed(option, value, Problems::toPath, "a path or a file: URI");
    }

    private static Path toPath(String text) {
        try {
            return text.startsWith("file:") ? Path.of(java.net.URI.create(text)) : Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private <T> @Nullable T parsed(String option, @Nullable String value, Function<String, T> parser, String allowed) {
        if (value == null) {
            return null;
        }
        try {
            return parser.apply(value.strip());
        } catch (IllegalArgumentException e) {
            add(option + " must be " + allowed + ", was '" + value + "'");
            return null;
        }
    }
}
