package io.alexstream.job.kafka;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * What a topic's broker and our producer take without refusing. A refusal reaches the job as a failed transaction, and the
 * same record would come again after every restart; so each record is made to fit before it is sent.
 *
 * @param maxBytes largest record, with its headers
 * @param maxPast how old a record's timestamp may be, in milliseconds
 * @param maxFuture how far a record's timestamp may lie ahead, in milliseconds
 */
public record TopicLimits(long maxBytes, long maxPast, long maxFuture) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** {@code max.message.bytes} of a Kafka topic where nothing else is said: 1 MiB and 12 bytes of batch header. */
    public static final long KAFKA_MAX_MESSAGE_BYTES = 1_048_588;

    /** {@code message.timestamp.after.max.ms} of Kafka 4 where nothing else is said. */
    public static final long KAFKA_MAX_FUTURE = Duration.ofHours(1).toMillis();

    /** The broker's clock may be behind ours, and old records age while they wait in a batch. */
    private static final long CLOCK_MARGIN = Duration.ofMinutes(5).toMillis();

    /** Limits of a topic that has Kafka's defaults. */
    public static TopicLimits ofDefaults() {
        return of(Map.of());
    }

    /** Limits of a topic with these settings, named as Kafka names a topic's; absent ones have Kafka's defaults. */
    static TopicLimits of(Map<String, String> config) {
        long maxBytes = number(config, "max.message.bytes", KAFKA_MAX_MESSAGE_BYTES);
        if ("LogAppendTime".equals(config.get("message.timestamp.type"))) {
            return new TopicLimits(maxBytes, Long.MAX_VALUE, Long.MAX_VALUE);
        }
        return new TopicLimits(
                maxBytes,
                number(config, "message.timestamp.before.max.ms", Long.MAX_VALUE),
                number(config, "message.timestamp.after.max.ms", KAFKA_MAX_FUTURE));
    }

    private static long number(Map<String, String> config, String key, long otherwise) {
        String value = config.get(key);
        return value == null ? otherwise : Long.parseLong(value);
    }

    /** The same limits with at most {@code bytes} for a record. */
    public TopicLimits atMost(long bytes) {
        return new TopicLimits(Math.min(maxBytes, bytes), maxPast, maxFuture);
    }

    /** Room for what does not compress: it grows by the frames of the compressed format, under 1 % in all of Kafka's. */
    TopicLimits withoutCompressionOverhead() {
        return atMost(maxBytes - maxBytes / 64);
    }

    boolean fits(OutgoingRecord record) {
        return record.sizeUpperBound() <= maxBytes;
    }

    /**
     * The timestamp if the broker takes it, else the present. Brokers refuse negative timestamps, those more than
     * {@code message.timestamp.after.max.ms} ahead, and those older than {@code message.timestamp.before.max.ms}.
     */
    long acceptable(long timestamp, long now) {
        if (timestamp < 0) {
            return now;
        }
        long future = timestamp - now;
        if (future > 0) {
            return future > margined(maxFuture) ? now : timestamp;
        }
        return -future > margined(maxPast) ? now : timestamp;
    }

    private static long margined(long limit) {
        return Math.max(limit / 2, limit - CLOCK_MARGIN);
    }
}
