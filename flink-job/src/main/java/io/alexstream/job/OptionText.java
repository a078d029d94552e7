package io.alexstream.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** Options as people write them. */
final class OptionText {

    private OptionText() {}

    /** The key as it is typed; {@code *} stands for the rest of one that is a prefix. */
    static String name(ConfigOption<?> option) {
        return option.equals(JobOptions.KAFKA_PROPERTIES) ? option.key() + ".*" : option.key();
    }

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
            return Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(" | "));
        }
        if (type == MemorySize.class) {
            return "size";
        }
        return type == Integer.class ? "integer" : type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** For a terminal. */
    static String description(ConfigOption<?> option) {
        return markdown(option).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    /** For a web page: with entities, as Flink formats descriptions. */
    static String markdown(ConfigOption<?> option) {
        return new HtmlFormatter().format(option.description());
    }
}
