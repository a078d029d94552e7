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
 * its turn among the batches. With nothing to serve it never waits. Confined to the load's thread.
 */
final class LoadPace {

    /**
     * For a whole load, to wait before its pieces and before its steps, each. At 70 % load on two cores the pieces of 250 MB find
     * their time in 4 to 10 s, where SHA-256 makes 200 MB/s. Where no core is ever free, the new version must come nevertheless.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /** Short beside the time between two batches. */
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Traffic traffic;
    private final RunTurns turns;
    private final LongSupplier nanoClock;
    private final LongConsumer park;
    private final Abandonment abandonment;
    private long forPieces = PATIENCE.toNanos();
    private long forSteps = PATIENCE.toNanos();

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
        long begin = nanoClock.getAsLong();
        long waited = 0;
        while (traffic.takesAllCores() && waited < atMost) {
            park.accept(LOOK.toNanos());
            abandonment.check();
            waited = nanoClock.getAsLong() - begin;
        }
        return waited;
    }
}
