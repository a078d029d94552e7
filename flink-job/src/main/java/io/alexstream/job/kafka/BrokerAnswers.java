package io.alexstream.job.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/** The answers of one cluster, turned into problems and limits. Confined to the thread that asks. */
final class BrokerAnswers {

    /** Our own headers of a dead letter take less than 3 KiB; a topic must take at least those. */
    static final long MIN_MESSAGE_BYTES = 4096;

    /** The names that a topic's settings have among the brokers' own, which a topic gets that the brokers create. */
    private static final Map<String, String> BROKER_NAMES = Map.of(
            "max.message.bytes", "message.max.bytes",
            "cleanup.policy", "log.cleanup.policy",
            "compression.type", "compression.type",
            "message.timestamp.type", "log.message.timestamp.type",
            "message.timestamp.before.max.ms", "log.message.timestamp.before.max.ms",
            "message.timestamp.after.max.ms", "log.message.timestamp.after.max.ms");

    private static final String UPDATES = "model-updates.topic";

    private final KafkaSettings settings;
    private final KafkaTopics topics;
    private final BrokerQuestions questions;
    private final List<String> missing;
    private final Map<ConfigResource, Map<String, String>> configs;
    private final Map<String, String> broker;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    BrokerAnswers(KafkaSettings settings, KafkaTopics topics, BrokerQuestions questions) {
        this.settings = settings;
        this.topics = topics;
        this.questions = questions;
        ConfigResource resource = questions.broker();
        List<String> names = new ArrayList<>(List.of(topics.images(), topics.classifications(), topics.deadLetters()));
        if (topics.models().areFollowed()) {
            names.addAll(List.of(topics.models().updates(), topics.models().status()));
        }
        this.missing = questions.missing(names);
        List<ConfigResource> resources = new ArrayList<>(List.of(resource));
        names.stream().filter(name -> !missing.contains(name)).forEach(name -> resources.add(topic(name)));
        this.configs = questions.configs(resources);
        this.broker = configs.getOrDefault(resource, Map.of());
    }

    BrokerCheck check() {
        // Flink's source never creates its topic, whatever the brokers would do.
        if (missing.contains(topics.images())) {
            problems.add(absent("images.topic", topics.images(), "create it"));
        }
        TopicLimits classifications = result("classifications.topic", topics.classifications());
        TopicLimits deadLetters = result("dead-letters.topic", topics.deadLetters());
        long historyEnd = topics.models().areFollowed() ? models() : 0;
        checkTransactionTimeout();
        return new BrokerCheck(problems, warnings, classifications, deadLetters, historyEnd);
    }

    /** Checks the topics of the hot swap; returns where the history of updates ends. */
    private long models() {
        result("model-status.topic", topics.models().status());
        String topic = topics.models().updates();
        if (missing.contains(topic)) {
            problems.add(absent(UPDATES, topic, "create it with 1 partition and cleanup.policy=compact"));
            return 0;
        }
        int partitions = questions.partitions(topic);
        if (partitions != 1) {
            problems.add(UPDATES + ": topic '" + topic + "' has " + partitions
                    + " partitions, and only within one do updates have an order; use one with 1 partition and"
                    + " cleanup.policy=compact");
            return 0;
        }
        String policy = configs.getOrDefault(topic(topic), Map.of()).getOrDefault("cleanup.policy", "compact");
        if (!policy.contains("compact")) {
            warnings.add(
                    UPDATES + ": topic '" + topic + "' is not compacted; it forgets the newest update with its"
                            + " retention.ms, and a job that starts afresh then serves model.package; set cleanup.policy=compact");
        }
        return historyEnd(topic);
    }

    private long historyEnd(String topic) {
        try {
            return ModelHistory.end(settings.client(), ModelHistory.partition(topics.models()), questions.timeLeft());
        } catch (KafkaException e) {
            warnings.add(UPDATES + ": cannot tell where topic '" + topic + "' ends ("
                    + settings.withoutSecrets(String.valueOf(e.getMessage()))
                    + "); a fresh start may load older versions before the newest");
            return 0;
        }
    }

    private TopicLimits result(String option, String topic) {
        boolean isMissing = missing.contains(topic);
        if (isMissing && "false".equals(broker.get("auto.create.topics.enable"))) {
            problems.add(absent(option, topic, "create it"));
        }
        Map<String, String> config = isMissing ? brokerDefaults() : configs.getOrDefault(topic(topic), Map.of());
        if (config.getOrDefault("cleanup.policy", "").contains("compact")) {
            problems.add(option + ": topic '" + topic
                    + "' is compacted, which refuses records without a key and forgets results;"
                    + " use one with cleanup.policy=delete");
        }
        TopicLimits limits = TopicLimits.of(config).atMost(settings.maxRecordBytes());
        if (limits.maxBytes() < MIN_MESSAGE_BYTES) {
            problems.add(option + ": records of topic '" + topic + "' may have " + limits.maxBytes()
                    + " bytes only; raise its max.message.bytes (or kafka.properties.max.request.size) to "
                    + MIN_MESSAGE_BYTES + " or more");
        }
        return isCompressed(config) ? limits.withoutCompressionOverhead() : limits;
    }

    private boolean isCompressed(Map<String, String> topic) {
        return settings.isCompressed()
                || !List.of("producer", "uncompressed").contains(topic.getOrDefault("compression.type", "producer"));
    }

    private Map<String, String> brokerDefaults() {
        Map<String, String> defaults = new HashMap<>();
        BROKER_NAMES.forEach((topicKey, brokerKey) -> {
            String value = broker.get(brokerKey);
            if (value != null) {
                defaults.put(topicKey, value);
            }
        });
        return defaults;
    }

    private void checkTransactionTimeout() {
        long asked = settings.transactionTimeout().toMillis();
        String allowed = broker.get("transaction.max.timeout.ms");
        if (settings.isExactlyOnce() && allowed != null && asked > Long.parseLong(allowed)) {
            problems.add("kafka.transaction-timeout: " + asked
                    + " ms is more than the brokers' transaction.max.timeout.ms of " + allowed
                    + "; lower the one or raise the other");
        }
    }

    private String absent(String option, String topic, String remedy) {
        return option + ": topic '" + topic + "' does not exist at " + settings.bootstrapServers() + "; " + remedy
                + ", or name another";
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }
}
