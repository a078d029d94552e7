package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.testing.Niceness;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class LowPriorityTest {

    private final LowPriority lowPriority = new LowPriority(Thread::new);

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void lowersTheWorkAndNotTheCaller() {
        int usual = Niceness.ofThisThread();
        assertThat(lowPriority.call(Niceness::ofThisThread)).isEqualTo(Niceness.lowered(usual));
        assertThat(Niceness.ofThisThread()).isEqualTo(usual);
    }

    @Test
    void throwsWhatTheWorkThrows() {
        assertThatThrownBy(() -> lowPriority.call(() -> {
                    throw ModelLoadException.permanent("no such package", null);
                }))
                .isInstanceOf(ModelLoadException.class)
                .hasMessage("no such package");
        assertThatThrownBy(() -> lowPriority.call(() -> {
                    throw new OutOfMemoryError("of the test");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void passesAnInterruptOnAndWaitsForTheEnd() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean endedFirst = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            lowPriority.call(() -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    ended.set(true);
                }
                return true;
            });
            endedFirst.set(ended.get());
        });
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join();
        assertThat(endedFirst).isTrue();
    }
}
