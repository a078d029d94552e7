package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ByteBudgetTest {

    private static final int KIBIBYTE = 1024;

    @Test
    void givesBackWhatAShareHoldsExactlyOnce() throws InterruptedException {
        ByteBudget budget = new ByteBudget(10 * KIBIBYTE);
        ByteBudget.Share share = budget.take(5 * KIBIBYTE);

        share.shrinkTo(2 * KIBIBYTE);
        share.shrinkTo(4 * KIBIBYTE);
        assertThat(budget.freeBytes()).isEqualTo(8 * KIBIBYTE);
        share.close();
        share.close();
        share.shrinkTo(0);
        assertThat(budget.freeBytes()).isEqualTo(10 * KIBIBYTE);
    }

    @Test
    void countsMoreThanAnIntOfBytes() throws InterruptedException {
        ByteBudget budget = new ByteBudget(1L << 40);

        ByteBudget.Share share = budget.take(3L << 30);

        assertThat(budget.freeBytes()).isEqualTo((1L << 40) - (3L << 30));
        share.close();
        assertThat(budget.freeBytes()).isEqualTo(1L << 40);
    }

    @Test
    void letsNoSmallImageOvertakeALargeOne() throws Exception {
        ByteBudget budget = new ByteBudget(10 * KIBIBYTE);
        ByteBudget.Share first = budget.take(5 * KIBIBYTE);
        AtomicBoolean largeIsServed = new AtomicBoolean();
        CompletableFuture<Void> large = waiting(budget, 10 * KIBIBYTE, () -> largeIsServed.set(true));
        CompletableFuture<Void> small =
                waiting(budget, KIBIBYTE, () -> assertThat(largeIsServed).isTrue());

        first.close();

        large.get(10, TimeUnit.SECONDS);
        small.get(10, TimeUnit.SECONDS);
        assertThat(budget.freeBytes()).isEqualTo(10 * KIBIBYTE);
    }

    /** Returns when the thread waits for its share; it then takes it, acts and gives it back. */
    private static CompletableFuture<Void> waiting(ByteBudget budget, long bytes, Runnable act) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                ByteBudget.Share share = budget.take(bytes);
                act.run();
                share.close();
                done.complete(null);
            } catch (InterruptedException | AssertionError e) {
                done.completeExceptionally(e);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return done;
    }
}
