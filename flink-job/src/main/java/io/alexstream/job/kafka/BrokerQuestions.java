package io.alexstream.job.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An administration client that answers within a time limit over all its questions. Confined to the thread that made it,
 * which closes it.
 */
final class BrokerQuestions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerQuestions.class);

    /** Longest that a new topic takes to be known to every broker; it is a matter of milliseconds on a healthy cluster. */
    private static final Duration PROPAGATION = Duration.ofSeconds(3);

    private final Admin admin;
    private final long deadline;

    /** @throws KafkaException where the settings make no client */
    BrokerQuestions(Properties settings, Duration limit) {
        Properties properties = new Properties();
        properties.putAll(settings);
        String millis = Long.toString(limit.toMillis());
        properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        this.admin = Admin.create(properties);
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** A broker to ask for its own settings; all are assumed to be set alike. */
    ConfigResource broker() throws KafkaException {
        Collection<Node> nodes = answer(admin.describeCluster().nodes());
        if (nodes.isEmpty()) {
            throw new org.apache.kafka.common.errors.TimeoutException("no broker is up");
        }
        return new ConfigResource(
                ConfigResource.Type.BROKER, nodes.iterator().next().idString());
    }

    /** Those of {@code topics} that do not exist. A topic just made is unknown to some brokers for a moment; that is waited for. */
    List<String> missing(Collection<String> topics) throws KafkaException {
        long patience = System.nanoTime() + PROPAGATION.toNanos();
        List<String> missing = unknown(topics);
        while (!missing.isEmpty() && System.nanoTime() < Math.min(patience, deadline)) {
            pause();
            missing = unknown(missing);
        }
        return missing;
    }

    private List<String> unknown(Collection<String> topics) {
        List<String> unknown = new ArrayList<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, description) -> {
            try {
                answer(description);
            } catch (UnknownTopicOrPartitionException e) {
                unknown.add(topic);
            }
        });
        unknown.sort(null);
        return unknown;
    }

    /** How many partitions a topic has. */
    int partitions(String topic) throws KafkaException {
        Map<String, TopicDescription> topics =
                answer(admin.describeTopics(List.of(topic)).allTopicNames());
        return Objects.requireNonNull(topics.get(topic), topic).partitions().size();
    }

    /** Of the limit over all questions; never negative. */
    Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    /** The settings of each resource; none for one that we may not ask about. */
    Map<ConfigResource, Map<String, String>> configs(Collection<ConfigResource> resources) {
        Map<ConfigResource, Map<String, String>> configs = new HashMap<>();
        admin.describeConfigs(resources).values().forEach((resource, future) -> {
            try {
                configs.put(resource, values(answer(future)));
            } catch (KafkaException e) {
                LOG.warn(
                        "Kafka did not tell the settings of {}; Kafka's defaults are assumed: {}",
                        resource,
                        e.getMessage());
                configs.put(resource, Map.of());
            }
        });
        return configs;
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> {
            if (entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
        });
        return values;
    }

    private <T> T answer(KafkaFuture<T> future) throws KafkaException {
        try {
            return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
