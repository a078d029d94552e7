package io.alexstream.serving;

import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.TopK;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps a load out of the way of the images that are served meanwhile, since both want the same cores: each piece of copying
 * and each step that cannot be interrupted (opening a session, a warm-up run) begins when a core is free, and a run on CPU takes
 * its turn among the batches. With nothing to serve it never waits; nor, after a while, where no core is ever free, since the new
 * version must come nevertheless. Confined to the load's thread.
 */
final class LoadPace {

    /**
     * For a whole load, to wait before its pieces and before its steps, each; more than a load of 250 MB needs at 70 % load on two
     * cores, where SHA-256 makes 200 MB/s.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Some batches long: images that come at random leave a gap within it, also where they come close together for once. */
    private static final Duration WINDOW = Duration.ofSeconds(3);

    /** Of a window; where more of it was spent with waiting, images take all there is, and more waiting finds no gap either. */
    private static final double SATURATED = 0.9;

    /** Short beside the time between two batches. */
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Traffic traffic;
    private final RunTurns turns;
    private final LongSupplier nanoClock;
    private final LongConsumer park;
    private final Abandonment abandonment;
    private long forPieces = PATIENCE.toNanos();
    private long forSteps = PATIENCE.toNanos();
    private boolean saturated;
    private long windowBegin;
    private long waitedInWindow;

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
        this.windowBegin = nanoClock.getAsLong();
    }

    /** For a load that has the machine to itself, or that everything waits for. */
    static LoadPace alone() {
        return new LoadPace(new Traffic(1), new RunTurns(1), () -> 0, nanos -> {}, new Abandonment());
    }

    /**
     * To be called before a step that cannot be interrupted.
     *
     * @throws Abandonment.AbandonedException where the load is for nobody
     */
    void awaitStep() {
        forSteps -= awaitFreeCore(forSteps);
    }

    /**
     * To be called before a short piece of work.
     *
     * @throws Abandonment.AbandonedException where the load is for nobody
     */
    void awaitPiece() {
        forPieces -= awaitFreeCore(forPieces);
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

    /** Returns how long it waited, in nanoseconds. */
    private long awaitFreeCore(long atMost) {
        abandonment.check();
        long waited = 0;
        long last = nanoClock.getAsLong();
        while (!isSaturated(last) && waited < atMost && traffic.takesAllCores()) {
            park.accept(LOOK.toNanos());
            abandonment.check();
            long now = nanoClock.getAsLong();
            waited += now - last;
            waitedInWindow += now - last;
            last = now;
        }
        return waited;
    }

    /** Once it is, the load does not wait any more: its own work leaves gaps that say nothing. */
    private boolean isSaturated(long now) {
        long window = now - windowBegin;
        if (!saturated && window >= WINDOW.toNanos()) {
            saturated = waitedInWindow > SATURATED * window;
            windowBegin = now;
            waitedInWindow = 0;
        }
        return saturated;
    }
}
