package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TopicLimitsTest {

    private static final long NOW = Instant.parse("2026-11-23T10:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    void keepsATimestampThatTheBrokerTakes() {
        TopicLimits limits = TopicLimits.ofDefaults();

        assertThat(limits.acceptable(NOW, NOW)).isEqualTo(NOW);
        assertThat(limits.acceptable(0, NOW)).isZero();
        assertThat(limits.acceptable(NOW + HOUR / 2, NOW)).isEqualTo(NOW + HOUR / 2);
    }

    @Test
    void replacesATimestampThatTheBrokerWouldRefuse() {
        TopicLimits limits = TopicLimits.ofDefaults();

        assertThat(limits.acceptable(-1, NOW)).isEqualTo(NOW);
        assertThat(limits.acceptable(Long.MIN_VALUE, NOW)).isEqualTo(NOW);
        assertThat(limits.acceptable(NOW + HOUR, NOW)).isEqualTo(NOW);
        assertThat(limits.acceptable(Long.MAX_VALUE, NOW)).isEqualTo(NOW);
    }

    @Test
    void followsTheTopicsOwnLimits() {
        TopicLimits limits = TopicLimits.of(Map.of(
                "max.message.bytes", "5000",
                "message.timestamp.before.max.ms", "86400000",
                "message.timestamp.after.max.ms", "9223372036854775807"));

        assertThat(limits.maxBytes()).isEqualTo(5000);
        assertThat(limits.acceptable(NOW - 23 * HOUR, NOW)).isEqualTo(NOW - 23 * HOUR);
        assertThat(limits.acceptable(NOW - 24 * HOUR, NOW)).isEqualTo(NOW);
        assertThat(limits.acceptable(NOW + 1000 * HOUR, NOW)).isEqualTo(NOW + 1000 * HOUR);
    }

    @Test
    void leavesAnyTimestampToATopicThatSetsItsOwn() {
        TopicLimits limits = TopicLimits.of(Map.of("message.timestamp.type", "LogAppendTime"));

        assertThat(limits.acceptable(Long.MAX_VALUE, NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(limits.acceptable(-1, NOW)).isEqualTo(NOW);
    }

    @Test
    void takesTheSmallerOfTopicAndProducer() {
        assertThat(TopicLimits.ofDefaults().maxBytes()).isEqualTo(1_048_588);
        assertThat(TopicLimits.ofDefaults().atMost(8_388_608).maxBytes()).isEqualTo(1_048_588);
        assertThat(TopicLimits.ofDefaults().atMost(10_000).maxBytes()).isEqualTo(10_000);
        assertThat(TopicLimits.ofDefaults().withoutCompressionOverhead().maxBytes())
                .isBetween(1_030_000L, 1_040_000L);
    }

    @Test
    void fitsUpToItsLimitAndNotBeyond() {
        OutgoingRecord record = new OutgoingRecord(null, new byte[1000], List.of(), 0);
        TopicLimits exact = TopicLimits.ofDefaults().atMost(record.sizeUpperBound());

        assertThat(exact.fits(record)).isTrue();
        assertThat(exact.atMost(record.sizeUpperBound() - 1).fits(record)).isFalse();
    }
}
