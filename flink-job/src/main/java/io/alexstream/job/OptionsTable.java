package io.alexstream.job;

import io.alexstream.flink.ClassificationOptions;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;

/** All options with type, default and description: as the text of {@code --help} and as the README's table. */
final class OptionsTable {

    private static final Set<String> REQUIRED =
            Set.of(JobOptions.BOOTSTRAP_SERVERS.key(), ClassificationOptions.MODEL_PACKAGE.key());

    /** Width of a terminal. */
    private static final int COLUMNS = 100;

    private static final String INDENT = " ".repeat(6);

    private final Map<String, Type> types = new HashMap<>();

    private OptionsTable() {
        for (Class<?> owner : List.of(JobOptions.class, ClassificationOptions.class)) {
            for (Field field : owner.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    types.put(
                            option(field).key(),
                            ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0]);
                }
            }
        }
    }

    /** The table of the README, without its markers. */
    static String markdown() {
        OptionsTable table = new OptionsTable();
        StringBuilder text =
                new StringBuilder("| Option | Type | Default | Description |\n| --- | --- | --- | --- |\n");
        for (ConfigOption<?> option : JobOptions.all()) {
            text.append("| `")
                    .append(OptionText.name(option))
                    .append("` | ")
                    .append(table.type(option).replace("|", "\\|"))
                    .append(" | ")
                    .append(defaultValue(option))
                    .append(" | ")
                    .append(OptionText.markdown(option).replace("|", "\\|"))
                    .append(" |\n");
        }
        return text.toString();
    }

    /** What {@code --help} prints. */
    static String help() {
        OptionsTable table = new OptionsTable();
        StringBuilder text = new StringBuilder("""
                Classifies the images that Kafka records refer to.

                flink run JAR --config job.properties --key value ... ; what comes later wins.

                  --config FILE  (repeatable)
                      Properties file of the options below, without the dashes.
                  --help
                      Prints this and ends.
                """);
        for (ConfigOption<?> option : JobOptions.all()) {
            text.append("  --")
                    .append(OptionText.name(option))
                    .append("  ")
                    .append(table.type(option))
                    .append("  ")
                    .append(defaultValue(option)
                            .replace("`", "")
                            .replace("(", "[")
                            .replace(")", "]"))
                    .append('\n');
            wrap(OptionText.description(option), text);
        }
        return text.toString();
    }

    private String type(ConfigOption<?> option) {
        Type type = types.get(option.key());
        if (type instanceof Class<?> plain) {
            return OptionText.type(plain);
        }
        return option.equals(JobOptions.KAFKA_PROPERTIES) ? "string" : "list, separated by commas";
    }

    private static String defaultValue(ConfigOption<?> option) {
        if (REQUIRED.contains(option.key())) {
            return "(required)";
        }
        String value = option.hasDefaultValue() ? OptionText.of(option.defaultValue()) : "";
        return value.isEmpty() ? "(none)" : "`" + value + "`";
    }

    private static void wrap(String description, StringBuilder text) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : description.split(" ")) {
            if (line.length() + 1 + word.length() > COLUMNS) {
                text.append(line).append('\n');
                line.setLength(INDENT.length());
            }
            line.append(line.length() == INDENT.length() ? "" : " ").append(word);
        }
        text.append(line).append('\n');
    }

    private static ConfigOption<?> option(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("public field " + field + " cannot be read", e);
        }
    }
}
