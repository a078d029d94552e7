package io.alexstream.demo;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Flink's metrics within reach of the JVM that Flink runs in. Flink makes the reporter itself, so what it hands over lies in a
 * static list. Safe for concurrent use: the list is a concurrent one, and Flink's metrics may be read from any thread.
 */
public final class EngineMetrics implements MetricReporter {

    private static final List<Named> METRICS = new CopyOnWriteArrayList<>();

    private record Named(String name, Metric metric) {}

    /** Made by Flink through {@code META-INF/services}. */
    public static final class Factory implements MetricReporterFactory {

        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new EngineMetrics();
        }
    }

    /** Makes a cluster of that configuration report here. */
    public static void addTo(Configuration configuration) {
        configuration.setString("metrics.reporters", "demo");
        configuration.setString("metrics.reporter.demo.factory.class", Factory.class.getName());
    }

    /** The counters of that name, summed over all subtasks. */
    public static long sum(String counter) {
        return METRICS.stream()
                .filter(named -> named.name().equals(counter))
                .mapToLong(named -> named.metric() instanceof Counter count ? count.getCount() : 0)
                .sum();
    }

    /** The value of a gauge of that name. */
    static Optional<Object> value(String gauge) {
        return METRICS.stream()
                .filter(named -> named.name().equals(gauge))
                .map(named -> named.metric() instanceof Gauge<?> value ? (Object) value.getValue() : null)
                .filter(value -> value != null)
                .findFirst();
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        METRICS.add(new Named(name, metric));
    }

    /** Metrics stay: the summary is made when the job is over. */
    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
