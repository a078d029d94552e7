package io.alexstream.serving;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who may run on the cores that all CPU sessions share: as many at a time as serve. So a warm-up run of the next version takes
 * its turn between two batches of the one that serves. Side by side both would take twice as long and more: an operator ends
 * when its last thread does, and each of them waits for a core. Turns go in the order in which they were asked for; nobody
 * waits for one for ever. Safe for concurrent use.
 */
final class RunTurns {

    /**
     * Longest wait for a turn; then one runs side by side. The slowest batch of 32 AlexNet frames seen took 2 s, on one busy
     * core: what takes longer is another model, or hangs.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Semaphore turns;
    private final Duration patience;
    /** Whether somebody has waited in vain for the turns that are taken now; nobody else does then. */
    private volatile boolean overdue;

    /** @param atATime runs that may go on at once, 1 or more */
    RunTurns(int atATime) {
        this(atATime, PATIENCE);
    }

    RunTurns(int atATime, Duration patience) {
        this.turns = new Semaphore(atATime, true);
        this.patience = patience;
    }

    /** Waits for a turn, or until those that are taken have lasted too long; the caller closes it after its run. */
    Turn await() throws InterruptedException {
        return new Turn(take());
    }

    private boolean take() throws InterruptedException {
        if (overdue) {
            return turns.tryAcquire();
        }
        boolean taken = turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        overdue = !taken;
        return taken;
    }

    /** Ends with {@link #close()}; the first call counts. Safe for concurrent use. */
    final class Turn implements AutoCloseable {

        private final boolean inTurn;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Turn(boolean inTurn) {
            this.inTurn = inTurn;
        }

        boolean isInTurn() {
            return inTurn;
        }

        @Override
        public void close() {
            if (inTurn && ended.compareAndSet(false, true)) {
                overdue = false;
                turns.release();
            }
        }
    }
}
