package io.alexstream.flink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Reads options and collects every mistake instead of stopping at the first. Where a value cannot be used it gives the
 * option's fallback back, so that reading can go on. Confined to one thread.
 */
final class OptionReader {

    private final ReadableConfig options;
    private final List<String> problems = new ArrayList<>();

    OptionReader(ReadableConfig options) {
        this.options = options;
    }

    /** @throws InvalidOptionsException where there was any problem */
    void requireValid() {
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
    }

    void problem(String line) {
        problems.add(line);
    }

    int integer(ConfigOption<Integer> option, int fallback, int min, int max) {
        return value(option, fallback, v -> v >= min && v <= max, "must be " + min + " to " + max);
    }

    long longInteger(ConfigOption<Long> option, long min, long max) {
        return value(option, option.defaultValue(), v -> v >= min && v <= max, "must be " + min + " to " + max);
    }

    boolean bool(ConfigOption<Boolean> option) {
        return value(option, option.defaultValue(), v -> true, "must be true or false");
    }

    long bytes(ConfigOption<MemorySize> option, long min, long max) {
        return value(
                        option,
                        option.defaultValue(),
                        v -> v.getBytes() >= min && v.getBytes() <= max,
                        "must be " + new MemorySize(min) + " to " + new MemorySize(max))
                .getBytes();
    }

    /** 0 where it is not set. */
    long optionalBytes(ConfigOption<MemorySize> option, long min) {
        return value(
                        option,
                        MemorySize.ZERO,
                        v -> v.equals(MemorySize.ZERO) || v.getBytes() >= min,
                        "must be at least " + new MemorySize(min))
                .getBytes();
    }

    Duration duration(ConfigOption<Duration> option, Duration min, Duration max) {
        return value(
                option,
                option.defaultValue(),
                v -> v.compareTo(min) >= 0 && v.compareTo(max) <= 0,
                "must be " + min.toMillis() + " ms to " + max.toMillis() + " ms");
    }

    String oneOf(ConfigOption<String> option, List<String> allowed) {
        return value(option, option.defaultValue(), allowed::contains, "must be one of " + String.join(", ", allowed));
    }

    String text(ConfigOption<String> option, String fallback) {
        return value(option, fallback, v -> true, "").strip();
    }

    /** Comma-separated; blanks around and empty entries are dropped. */
    List<String> list(ConfigOption<String> option) {
        List<String> entries = new ArrayList<>();
        for (String entry : text(option, option.hasDefaultValue() ? option.defaultValue() : "")
                .split(",", -1)) {
            if (!entry.isBlank()) {
                entries.add(entry.strip());
            }
        }
        return entries;
    }

    private <V> V value(ConfigOption<V> option, V fallback, Predicate<V> allowed, String rule) {
        V value;
        try {
            value = options.getOptional(option).orElse(fallback);
        } catch (IllegalArgumentException e) {
            problems.add(option.key() + " " + rule + "; the value given is no " + kind(fallback));
            return fallback;
        }
        if (!allowed.test(value)) {
            problems.add(option.key() + " " + rule + ", was " + value);
            return fallback;
        }
        return value;
    }

    private static String kind(Object value) {
        if (value instanceof Duration) {
            return "duration, such as 5 ms or 10 s";
        }
        if (value instanceof MemorySize) {
            return "size, such as 512 kb or 20 mb";
        }
        return value instanceof Boolean ? "true or false" : value instanceof Number ? "whole number" : "text";
    }
}
