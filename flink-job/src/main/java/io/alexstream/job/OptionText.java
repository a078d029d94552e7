package io.alexstream.job;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** Options as people write them. */
final class OptionText {

    private OptionText() {}

    /** A value as it is written on the command line. */
    static String of(Object value) {
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(OptionText::of).collect(Collectors.joining(","));
        }
        if (value instanceof Map<?, ?> map && map.isEmpty()) {
            return "";
        }
        return value.toString();
    }

    /** The type's name as people call it. */
    static String type(Class<?> type) {
        if (type.isEnum()) {
            return java.util.Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(" | "));
        }
        if (type == MemorySize.class) {
            return "size";
        }
        return type == Integer.class ? "integer" : type.getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    static String description(ConfigOption<?> option) {
        return new HtmlFormatter().format(option.description());
    }
}
