package io.alexstream.job;

import io.alexstream.flink.ClassificationOptions;
import io.alexstream.job.kafka.StartingOffsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** The options that the job adds to those of the operators: its name, its topics, and Kafka. */
public final class JobOptions {

    public static final ConfigOption<String> JOB_NAME = ConfigOptions.key("job.name")
            .stringType()
            .defaultValue("alexstream")
            .withDescription("Name of the job in Flink, and part of each event's ce_source.");

    public static final ConfigOption<String> BOOTSTRAP_SERVERS = ConfigOptions.key("kafka.bootstrap-servers")
            .stringType()
            .noDefaultValue()
            .withDescription("Kafka brokers to begin with, as host:port, separated by commas.");

    public static final ConfigOption<Map<String, String>> KAFKA_PROPERTIES = ConfigOptions.key("kafka.properties")
            .mapType()
            .defaultValue(Map.of())
            .withDescription("Passed to every Kafka client under the name after this prefix, for SASL, TLS and tuning."
                    + " Values that look secret are never shown; keep them in a file for --config.");

    public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX = ConfigOptions.key(
                    "kafka.transactional-id-prefix")
            .stringType()
            .noDefaultValue()
            .withDescription("Begin of the producers' transactional ids; images.group-id where not set."
                    + " Must differ between jobs that share brokers.");

    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT = ConfigOptions.key("kafka.transaction-timeout")
            .durationType()
            .defaultValue(Duration.ofMinutes(10))
            .withDescription("After this long the brokers abort a transaction that is still open. Must be longer than a"
                    + " checkpoint and a restart take together, and at most the brokers' transaction.max.timeout.ms.");

    public static final ConfigOption<String> IMAGES_TOPIC = ConfigOptions.key("images.topic")
            .stringType()
            .defaultValue("images")
            .withDescription("Topic to read image references from.");

    public static final ConfigOption<String> GROUP_ID = ConfigOptions.key("images.group-id")
            .stringType()
            .defaultValue("alexstream")
            .withDescription("Consumer group whose offsets show how far the job is.");

    public static final ConfigOption<StartingOffsets> STARTING_OFFSETS = ConfigOptions.key("images.starting-offsets")
            .enumType(StartingOffsets.class)
            .defaultValue(StartingOffsets.COMMITTED_ELSE_EARLIEST)
            .withDescription("Where a job begins to read that is not restored from a checkpoint or savepoint.");

    public static final ConfigOption<String> CLASSIFICATIONS_TOPIC = ConfigOptions.key("classifications.topic")
            .stringType()
            .defaultValue("classifications")
            .withDescription("Topic to write classifications to.");

    public static final ConfigOption<String> DEAD_LETTERS_TOPIC = ConfigOptions.key("dead-letters.topic")
            .stringType()
            .defaultValue("dead-letters")
            .withDescription("Topic to write records to that could not be classified.");

    public static final ConfigOption<String> MODEL_UPDATES_TOPIC = ConfigOptions.key("model-updates.topic")
            .stringType()
            .defaultValue("")
            .withDescription("Topic of model updates, which the job follows without a restart: one partition,"
                    + " cleanup.policy=compact. Empty: the job keeps serving model.package.");

    public static final ConfigOption<String> MODEL_STATUS_TOPIC = ConfigOptions.key("model-status.topic")
            .stringType()
            .defaultValue("model-status")
            .withDescription("Topic to report model swaps to, from every subtask; not compacted. Without effect while"
                    + " model-updates.topic is empty.");

    public static final ConfigOption<DeliveryGuarantee> DELIVERY_GUARANTEE = ConfigOptions.key("delivery-guarantee")
            .enumType(DeliveryGuarantee.class)
            .defaultValue(DeliveryGuarantee.EXACTLY_ONCE)
            .withDescription(
                    "With exactly-once, consumers that read committed records see one result for each image,"
                            + " after each checkpoint; with at-least-once they see it at once, and some twice after a restart.");

    private JobOptions() {}

    /** The job's own options, in the order of the table. */
    static List<ConfigOption<?>> own() {
        return List.of(
                JOB_NAME,
                BOOTSTRAP_SERVERS,
                KAFKA_PROPERTIES,
                TRANSACTIONAL_ID_PREFIX,
                TRANSACTION_TIMEOUT,
                IMAGES_TOPIC,
                GROUP_ID,
                STARTING_OFFSETS,
                CLASSIFICATIONS_TOPIC,
                DEAD_LETTERS_TOPIC,
                MODEL_UPDATES_TOPIC,
                MODEL_STATUS_TOPIC,
                DELIVERY_GUARANTEE);
    }

    /** Every option of the command line: the job's own, then those of the operators. */
    public static List<ConfigOption<?>> all() {
        List<ConfigOption<?>> all = new ArrayList<>(own());
        all.addAll(ClassificationOptions.all());
        return List.copyOf(all);
    }
}
