package io.alexstream.job.deployment;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.MetricOptions;

/**
 * The keys that this version of Flink knows: the options in its option classes, and those that have a name of the user's
 * in them. Deprecated names are not among them.
 */
final class FlinkKeys {

    private static final Pattern JARS = Pattern.compile("flink-(core|runtime|streaming-java)-\\d[\\d.]*\\.jar");

    private static final Pattern REPORTER = Pattern.compile("metrics\\.reporter\\.\\w+\\.(.+)");

    /** Read by PrometheusReporterFactory, which is not on the class path. */
    private static final Set<String> OF_THE_PROMETHEUS_REPORTER = Set.of("port");

    /** Of the external resource that the operator asks for; the last one ends as flink-kubernetes has it, which is not at hand. */
    private static final Set<String> OF_CARDS = Set.of(
            ExternalResourceOptions.getAmountConfigOptionForResource("gpu"),
            ExternalResourceOptions.getExternalResourceDriverFactoryConfigOptionForResource("gpu"),
            ExternalResourceOptions.getSystemConfigKeyConfigOptionForResource("gpu", "kubernetes.config-key"));

    private final Map<String, ConfigOption<?>> options;

    private FlinkKeys(Map<String, ConfigOption<?>> options) {
        this.options = options;
    }

    /** Reads them from the jars on the class path. */
    static FlinkKeys onTheClassPath() throws IOException {
        Map<String, ConfigOption<?>> options = new HashMap<>();
        for (String entry : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            if (JARS.matcher(new File(entry).getName()).matches()) {
                for (String name : optionClasses(entry)) {
                    collect(name, options);
                }
            }
        }
        return new FlinkKeys(options);
    }

    private static List<String> optionClasses(String jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith("Options.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .collect(Collectors.toList());
        }
    }

    private static void collect(String className, Map<String, ConfigOption<?>> options) {
        try {
            for (Field field : Class.forName(className).getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof ConfigOption<?> option) {
                    options.put(option.key(), option);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(className + " cannot be read: " + e.getMessage(), e);
        }
    }

    boolean isKnown(String key) {
        Matcher reporter = REPORTER.matcher(key);
        if (reporter.matches()) {
            return reporter.group(1).equals(MetricOptions.REPORTER_FACTORY_CLASS.key())
                    || OF_THE_PROMETHEUS_REPORTER.contains(reporter.group(1));
        }
        return options.containsKey(key) || OF_CARDS.contains(key);
    }

    /** The option of a key, or null for one with a name of the user's. */
    ConfigOption<?> option(String key) {
        return options.get(key);
    }

    /** Pairs of keys one of which is a folder of the other: Flink's YAML cannot hold both. */
    static List<String> nested(Set<String> keys) {
        return keys.stream()
                .flatMap(outer -> keys.stream()
                        .filter(inner -> inner.startsWith(outer + "."))
                        .map(inner -> outer + " and " + inner))
                .toList();
    }
}
