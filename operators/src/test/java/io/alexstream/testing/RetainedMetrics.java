package io.alexstream.testing;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * A metric reporter whose metrics a test can read, also after the job has ended. Flink makes it itself, so what it is handed
 * lies in a static map. Safe for concurrent use: the map is.
 */
public final class RetainedMetrics implements MetricReporter {

    /** By the full name that Flink gives: host.taskmanager.id.job.operator.subtask.name. */
    private static final Map<String, Metric> METRICS = new ConcurrentHashMap<>();

    /** Made by Flink through {@code META-INF/services}. */
    public static final class Factory implements MetricReporterFactory {

        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new RetainedMetrics();
        }
    }

    /** A cluster's configuration with this reporter. */
    public static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.setString("metrics.reporters", "retained");
        configuration.setString("metrics.reporter.retained.factory.class", Factory.class.getName());
        return configuration;
    }

    /** The metrics of one subtask of an operator, by their names within it. */
    public static Map<String, Metric> of(String job, String operator, int subtask) {
        String marker = "." + job + "." + operator + "." + subtask + ".";
        Map<String, Metric> found = new TreeMap<>();
        METRICS.forEach((name, metric) -> {
            int at = name.indexOf(marker);
            if (at >= 0) {
                found.put(name.substring(at + marker.length()), metric);
            }
        });
        return found;
    }

    /** A counter's value, or a gauge's that is a number, summed over the subtasks 0 to {@code subtasks}; absent counts as 0. */
    public static long sum(String job, String operator, int subtasks, String name) {
        long sum = 0;
        for (int subtask = 0; subtask < subtasks; subtask++) {
            sum += number(of(job, operator, subtask).get(name));
        }
        return sum;
    }

    private static long number(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        METRICS.put(group.getMetricIdentifier(name), metric);
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
