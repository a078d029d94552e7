package io.alexstream.serving;

import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.TopK;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps a load out of the way of the images that are served meanwhile, since both want the same cores: each piece of copying and
 * each step that cannot be interrupted (opening a session, a warm-up run) begins when no image waits, so that those that come
 * during it wait for it alone and not for a batch before it; and a run on CPU takes its turn among the batches. With nothing to
 * serve it never waits; nor, after a while, where there is no such moment, since the new version must come nevertheless.
 * Confined to the load's thread.
 */
final class LoadPace {

    /** For a whole load; more than one of 250 MB needs at 70 % load on two cores, where SHA-256 makes 200 MB/s. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * Of waiting without one calm moment: some full batches long, since images that come at random keep two cores busy for 3 s now
     * and then at 70 % load. After that they are known to take all there is, and more waiting finds no gap either.
     */
    private static final Duration SATURATED = Duration.ofSeconds(6);

    /** Short beside the time between two batches. */
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Traffic traffic;
    private final RunTurns turns;
    private final LongSupplier nanoClock;
    private final LongConsumer park;
    private final Abandonment abandonment;
    private long waited;
    private long waitedSinceCalm;
    private boolean saturated;

    /**
     * @param turns those of the batches on CPU
     * @param park waits so many nanoseconds, or shorter
     */
    LoadPace(Traffic traffic, RunTurns turns, LongSupplier nanoClock, LongConsumer park, Abandonment abandonment) {
        this.traffic = traffic;
        this.turns = turns;
        this.nanoClock = nanoClock;
        this.park = park;
        this.abandonment = abandonment;
    }

    /** For a load that has the machine to itself, or that everything waits for. */
    static LoadPace alone() {
        return new LoadPace(new Traffic(1), new RunTurns(1), () -> 0, nanos -> {}, new Abandonment());
    }

    /**
     * To be called before a piece of work that serving would feel.
     *
     * @throws Abandonment.AbandonedException where the load is for nobody
     */
    void awaitCalm() {
        abandonment.check();
        long last = nanoClock.getAsLong();
        while (!isCalmOrVain()) {
            park.accept(LOOK.toNanos());
            abandonment.check();
            long now = nanoClock.getAsLong();
            waited += now - last;
            waitedSinceCalm += now - last;
            last = now;
        }
    }

    /** Whether there is a calm moment, or no more waiting for one: a load's own work leaves gaps that say nothing. */
    private boolean isCalmOrVain() {
        if (waited > PATIENCE.toNanos() || waitedSinceCalm > SATURATED.toNanos()) {
            return true;
        }
        if (traffic.isCalm()) {
            waitedSinceCalm = 0;
            return true;
        }
        return false;
    }

    /**
     * Runs frames; waits for its turn and no longer. Who gives the load up takes the turn back, since a run that hangs never would.
     *
     * @throws Abandonment.AbandonedException where the load is for nobody
     */
    TopK run(InferenceSession session, ByteBuffer frames, int count) {
        abandonment.check();
        if (session.executionProvider() != ExecutionProvider.CPU) {
            return session.run(frames, count);
        }
        try (RunTurns.Turn turn = turns.await()) {
            abandonment.whenAbandoned(turn::close);
            return session.run(frames, count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Abandonment.AbandonedException();
        } finally {
            abandonment.whenAbandoned(() -> {});
        }
    }
}
