package io.alexstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GapsTest {

    private static final Instant START = Instant.parse("2026-11-23T10:15:30Z");

    private final Gaps gaps = new Gaps();

    @Test
    void findsTheLongestPauseThatTouchesATime() {
        for (int millis : new int[] {9000, 0, 100, 1100, 1200, 1500, 4500}) {
            gaps.add(at(millis));
        }

        assertThat(gaps.longestWithin(at(0), at(1150))).isEqualTo(Duration.ofMillis(1000));
        assertThat(gaps.longestWithin(at(1200), at(1400))).isEqualTo(Duration.ofMillis(300));
        assertThat(gaps.longestWithin(at(1600), at(1700))).isEqualTo(Duration.ofMillis(3000));
        assertThat(gaps.longestWithin(at(9000), at(9900))).isZero();
    }

    @Test
    void countsMomentsASecond() {
        for (int millis : new int[] {0, 100, 999, 1000, 1500, 2000}) {
            gaps.add(at(millis));
        }

        assertThat(gaps.perSecond(at(100), at(2000))).isEqualTo(4 / 1.9);
        assertThat(gaps.perSecond(at(100), at(100))).isZero();
    }

    private static Instant at(int millis) {
        return START.plusMillis(millis);
    }
}
