package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    @ParameterizedTest
    @ValueSource(longs = {0, -50, Long.MAX_VALUE - 50})
    void standsStillWhileItIsHeld(long start) {
        AtomicLong clock = new AtomicLong(start);
        Deadline deadline = new Deadline(Duration.ofNanos(100), clock::get);

        clock.addAndGet(60);
        deadline.hold();
        clock.addAndGet(1000);
        assertThat(deadline.isOver()).isFalse();
        deadline.letGo();

        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(40));
        clock.addAndGet(39);
        assertThat(deadline.isOver()).isFalse();
        clock.addAndGet(1);
        assertThat(deadline.isOver()).isTrue();
        clock.addAndGet(1);
        assertThat(deadline.remaining()).isZero();
    }
}
