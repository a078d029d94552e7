package io.alexstream.model.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka cluster and how to talk to it. Immutable; its callers close the clients that it makes.
 *
 * @param bootstrapServers {@code host:port,host:port}
 * @param properties passed to every client, for instance SASL and TLS; they win over ours
 */
public record KafkaAccess(String bootstrapServers, Map<String, String> properties) {

    /**
     * Long enough for a cluster far away and a command that starts on a busy machine (over 10 s were seen with six runnable threads a
     * core), short enough for a person who waits.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Room for inline pictures; brokers have their own limit. The job's producers use the same. */
    private static final int MAX_REQUEST_BYTES = 8 << 20;

    public KafkaAccess {
        properties = Map.copyOf(properties);
    }

    /**
     * Looks whether the brokers answer and know the topics.
     *
     * @throws StreamException in one line, where not
     */
    public void requireTopics(Set<String> topics) {
        try (Admin admin = admin()) {
            Set<String> present = admin.listTopics().names().get(PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
            Set<String> missing = new TreeSet<>(topics);
            missing.removeAll(present);
            if (!missing.isEmpty()) {
                throw new StreamException("Kafka at " + bootstrapServers + " has no topic " + String.join(", ", missing)
                        + "; create it, or check the topic's name");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamException("interrupted while asking Kafka at " + bootstrapServers, e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw failure(e);
        }
    }

    /** Asks brokers and changes topics; gives up after {@link #PATIENCE}. The caller closes. */
    public Admin admin() {
        Map<String, Object> settings = settings();
        settings.putIfAbsent("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
        settings.putIfAbsent("request.timeout.ms", "5000");
        try {
            return Admin.create(settings);
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** What went wrong between us and the brokers, in one line. */
    public StreamException failure(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean silent =
                root instanceof TimeoutException || root instanceof org.apache.kafka.common.errors.TimeoutException;
        return new StreamException(
                silent
                        ? "no Kafka broker answers at " + bootstrapServers + " within " + PATIENCE.toSeconds()
                                + " s; check --bootstrap-servers"
                        : "Kafka at " + bootstrapServers + " cannot be used: " + root.getMessage(),
                e);
    }

    /** A producer whose every record is on all in-sync replicas before it counts as sent. */
    public Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = settings();
        settings.putIfAbsent("acks", "all");
        settings.putIfAbsent("enable.idempotence", "true");
        settings.putIfAbsent("linger.ms", "5");
        settings.putIfAbsent("max.request.size", String.valueOf(MAX_REQUEST_BYTES));
        settings.putIfAbsent("delivery.timeout.ms", "30000");
        settings.putIfAbsent("request.timeout.ms", "10000");
        settings.putIfAbsent("max.block.ms", String.valueOf(PATIENCE.toMillis()));
        try {
            return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** A consumer of what is committed, without a group: it leaves nothing behind on the brokers. */
    public Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = settings();
        settings.putIfAbsent("isolation.level", "read_committed");
        settings.putIfAbsent("enable.auto.commit", "false");
        settings.putIfAbsent("auto.offset.reset", "earliest");
        settings.putIfAbsent("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
        try {
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put("bootstrap.servers", List.of(bootstrapServers.split(",", -1)));
        settings.putIfAbsent("client.id", "alexstream");
        return settings;
    }
}
