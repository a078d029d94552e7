package io.alexstream.job;

import io.alexstream.flink.ClassificationOptions;
import io.alexstream.flink.ImageClassification;
import io.alexstream.flink.InvalidOptionsException;
import io.alexstream.job.kafka.KafkaSettings;
import io.alexstream.job.kafka.KafkaTopics;
import io.alexstream.job.kafka.OwnedProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was asked of the job, checked as a whole.
 *
 * @param classification the operators, with their options; they get no other options, and so no secrets
 * @param maxInlineBytes {@code image.max-inline-bytes}, which bounds what a record may hold
 */
record JobConfig(
        String name, KafkaSettings kafka, KafkaTopics topics, ImageClassification classification, long maxInlineBytes) {

    /** One entry of {@code kafka.bootstrap-servers}: a name, an IPv4 address or an IPv6 address in brackets, and a port. */
    private static final Pattern SERVER = Pattern.compile("([^\\s,:\\[\\]/]+|\\[[0-9a-fA-F:.%]+]):[0-9]{1,5}");

    /** Kafka keeps the timeout in an int of milliseconds, which is a little more. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofDays(24);

    JobConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(classification, "classification");
    }

    /**
     * Reads the command line's options.
     *
     * @throws ProgramParametrizationException with all that is wrong, one line each
     */
    static JobConfig from(CommandLine line) {
        List<String> problems = new ArrayList<>(line.problems());
        Configuration configuration = line.configuration();
        OptionReader options = new OptionReader(configuration, problems);
        String name = options.text(JobOptions.JOB_NAME);
        KafkaSettings kafka = kafka(options, configuration, problems);
        KafkaTopics topics = TopicOptions.read(options, configuration, problems);
        Optional<ImageClassification> classification = classification(configuration, problems);
        refuse(problems);
        return new JobConfig(
                name,
                kafka,
                topics,
                classification.orElseThrow(),
                configuration.get(ClassificationOptions.IMAGE_MAX_INLINE_BYTES).getBytes());
    }

    /** Ends the program where there are problems, so that Flink's command line prints them and no stack trace. */
    static void refuse(List<String> problems) {
        if (problems.size() == 1) {
            throw new ProgramParametrizationException(problems.get(0) + " (--help lists all options)");
        }
        if (!problems.isEmpty()) {
            throw new ProgramParametrizationException(
                    problems.size() + " problems (--help lists all options):\n" + String.join("\n", problems));
        }
    }

    private static KafkaSettings kafka(OptionReader options, Configuration configuration, List<String> problems) {
        String servers = options.matching(
                JobOptions.BOOTSTRAP_SERVERS,
                text -> List.of(text.split(",", -1)).stream()
                        .allMatch(server -> SERVER.matcher(server.strip()).matches()),
                "must be host:port, or several separated by commas");
        @Nullable String prefix = configuration.get(JobOptions.TRANSACTIONAL_ID_PREFIX);
        KafkaSettings kafka = new KafkaSettings(
                servers,
                configuration.get(JobOptions.KAFKA_PROPERTIES),
                prefix == null || prefix.isEmpty() ? configuration.get(JobOptions.GROUP_ID) : prefix,
                options.duration(JobOptions.TRANSACTION_TIMEOUT, Duration.ofSeconds(1), LONGEST_TRANSACTION),
                options.choice(JobOptions.DELIVERY_GUARANTEE, DeliveryGuarantee.class));
        problems.addAll(OwnedProperties.problems(kafka));
        return kafka;
    }

    private static Optional<ImageClassification> classification(Configuration configuration, List<String> problems) {
        try {
            return Optional.of(ImageClassification.of(configuration));
        } catch (InvalidOptionsException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }
}
