package io.alexstream.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Reads options one by one and collects what is wrong with them. Used by one thread for one configuration. */
final class OptionReader {

    /** What Kafka allows as the name of a topic. */
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private final Configuration configuration;
    private final List<String> problems;

    /** @param problems filled by this reader */
    OptionReader(Configuration configuration, List<String> problems) {
        this.configuration = configuration;
        this.problems = problems;
    }

    /** A text that is not empty. */
    String text(ConfigOption<String> option) {
        return matching(option, text -> !text.isBlank(), "must not be empty");
    }

    String topic(ConfigOption<String> option) {
        return matching(
                option,
                name -> TOPIC.matcher(name).matches() && !name.equals(".") && !name.equals(".."),
                "must be the name of a topic: 1 to 249 letters, digits, dots, dashes or underscores");
    }

    /** The text, which must satisfy {@code rule}; an option without a value and without a default is a problem too. */
    String matching(ConfigOption<String> option, Predicate<String> rule, String expected) {
        String value = configuration.get(option);
        if (value == null) {
            problems.add(option.key() + ": is required; set --" + option.key() + " VALUE");
            return "";
        }
        if (!rule.test(value)) {
            problems.add(option.key() + ": " + expected + ", was '" + value + "'");
        }
        return value;
    }

    Duration duration(ConfigOption<Duration> option, Duration least, Duration most) {
        Duration value;
        try {
            value = configuration.get(option);
        } catch (IllegalArgumentException e) {
            problems.add(option.key() + ": must be a duration such as '10 min', was '" + raw(option) + "'");
            return option.defaultValue();
        }
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(option.key() + ": must be " + OptionText.of(least) + " to " + OptionText.of(most) + ", was '"
                    + raw(option) + "'");
        }
        return value;
    }

    <E extends Enum<E>> E choice(ConfigOption<E> option, Class<E> type) {
        try {
            return configuration.get(option);
        } catch (IllegalArgumentException e) {
            String allowed = String.join(
                    ", ",
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
            problems.add(option.key() + ": must be one of " + allowed + ", was '" + raw(option) + "'");
            return option.defaultValue();
        }
    }

    private String raw(ConfigOption<?> option) {
        return configuration.toMap().getOrDefault(option.key(), "");
    }
}
