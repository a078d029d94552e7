package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.testing.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunTurnsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void letsAsManyRunAtATimeAsServe() throws Exception {
        RunTurns turns = new RunTurns(2, LONG);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable client = () -> {
            for (int i = 0; i < 2_000; i++) {
                try (RunTurns.Turn turn = turns.await()) {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    running.decrementAndGet();
                } catch (InterruptedException e) {
                    return;
                }
            }
        };
        Thread[] threads = {new Thread(client), new Thread(client), new Thread(client), new Thread(client)};
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(most.get()).isLessThanOrEqualTo(2);
        assertThat(running.get()).isZero();
    }

    @Test
    void waitsUntilAnotherTurnHasEnded() throws Exception {
        RunTurns turns = new RunTurns(1, LONG);
        RunTurns.Turn first = turns.await();
        AtomicBoolean inTurn = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Thread second = new Thread(() -> {
            try (RunTurns.Turn turn = turns.await()) {
                inTurn.set(turn.isInTurn());
                done.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        second.start();
        Await.until("the second waits", () -> second.getState() == Thread.State.TIMED_WAITING);
        first.close();
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(inTurn).isTrue();
    }

    @Test
    void runsOutOfTurnWhereARunLastsTooLongAndDoesNotWaitForItAgain() throws Exception {
        RunTurns turns = new RunTurns(1, Duration.ofMillis(20));
        RunTurns.Turn hung = turns.await();
        long begin = System.nanoTime();
        try (RunTurns.Turn turn = turns.await()) {
            assertThat(turn.isInTurn()).isFalse();
        }
        long first = System.nanoTime() - begin;
        assertThat(first).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
        for (int i = 0; i < 10_000; i++) {
            try (RunTurns.Turn turn = turns.await()) {
                assertThat(turn.isInTurn()).isFalse();
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("10,000 waits would take 200 s")
                .isLessThan(Duration.ofSeconds(100));
        hung.close();
        try (RunTurns.Turn turn = turns.await()) {
            assertThat(turn.isInTurn()).as("once the long run has ended").isTrue();
        }
    }
}
