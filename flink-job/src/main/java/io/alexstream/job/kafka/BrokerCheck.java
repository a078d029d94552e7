package io.alexstream.job.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the brokers say before the job starts: whether topics are missing, what the result topics take, whether
 * transactions may last as long as asked, and how far model updates have been published. Each problem found here would
 * otherwise fail the job again after every restart.
 *
 * @param problems one line each; empty where the job can start
 * @param warnings one line each, already logged
 * @param historyEnd the offset behind the last model update that lies in its topic now; 0 where there is none
 */
public record BrokerCheck(
        List<String> problems,
        List<String> warnings,
        TopicLimits classifications,
        TopicLimits deadLetters,
        long historyEnd) {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerCheck.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(15);

    public BrokerCheck {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Asks for at most 15 seconds. Brokers that do not answer are no problem: a restart may come before they are back. */
    public static BrokerCheck of(KafkaSettings settings, KafkaTopics topics) {
        return of(settings, topics, TIME_LIMIT);
    }

    static BrokerCheck of(KafkaSettings settings, KafkaTopics topics, Duration limit) {
        BrokerQuestions questions;
        try {
            questions = new BrokerQuestions(settings.client(), limit);
        } catch (KafkaException e) {
            return isUnresolvable(e)
                    ? unanswered(settings, e)
                    : unchecked(settings, List.of("kafka.properties: " + settings.withoutSecrets(oneLine(e))));
        }
        try (questions) {
            BrokerCheck check = new BrokerAnswers(settings, topics, questions).check();
            check.warnings().forEach(LOG::warn);
            return check;
        } catch (AuthenticationException | AuthorizationException e) {
            return unchecked(
                    settings,
                    List.of("kafka.properties: the brokers at " + settings.bootstrapServers() + " refuse this client: "
                            + settings.withoutSecrets(oneLine(e))));
        } catch (KafkaException e) {
            return unanswered(settings, e);
        }
    }

    private static BrokerCheck unanswered(KafkaSettings settings, KafkaException e) {
        LOG.warn(
                "Kafka at {} was not checked before the start ({}); topics are assumed to be there, with Kafka's defaults",
                settings.bootstrapServers(),
                settings.withoutSecrets(oneLine(e)));
        return unchecked(settings, List.of());
    }

    /** A host name that is unknown now may be known later; whatever else keeps a client from being made will not pass. */
    private static boolean isUnresolvable(KafkaException e) {
        return e.getCause() instanceof ConfigException cause
                && String.valueOf(cause.getMessage()).contains("resolvable");
    }

    private static BrokerCheck unchecked(KafkaSettings settings, List<String> problems) {
        TopicLimits limits = TopicLimits.ofDefaults().atMost(settings.maxRecordBytes());
        return new BrokerCheck(problems, List.of(), limits, limits, 0);
    }

    /** Kafka wraps its exceptions; the innermost one says what is the matter. */
    private static String oneLine(KafkaException e) {
        KafkaException innermost = e;
        while (innermost.getCause() instanceof KafkaException cause && cause.getMessage() != null) {
            innermost = cause;
        }
        return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
    }
}
