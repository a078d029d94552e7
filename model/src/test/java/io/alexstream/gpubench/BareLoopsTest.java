package io.alexstream.gpubench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class BareLoopsTest {

    /** What follows closes the sessions that the tasks run on. */
    @Test
    void waitsForTheOtherOneWhereOneFails() {
        CountDownLatch fails = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Callable<Integer> failing = () -> {
            fails.countDown();
            throw new BenchException("one failed");
        };
        Callable<Integer> running = () -> {
            fails.await();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime()); // as a native run, cares for no interrupt
            }
            ended.set(true);
            return 1;
        };

        assertThatThrownBy(() -> BareLoops.together(List.of(failing, running)))
                .hasRootCauseInstanceOf(BenchException.class)
                .hasRootCauseMessage("one failed");
        assertThat(ended).isTrue();
    }
}
