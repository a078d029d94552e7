package io.alexstream.serving;

import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.TopK;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps a load out of the way of the images that are served meanwhile, since both want the same cores. A step that cannot be
 * interrupted (opening a session, a full warm-up run) begins when no image waits, so that those that come during it wait for it
 * alone and not for a batch before it. Copying goes on in small pieces, at such moments too, else with pauses that leave most of
 * a core to the images. A run on CPU takes its turn among the batches. With nothing to serve it never waits; and all waiting has
 * an end, since the new version must come nevertheless. Confined to the load's thread.
 */
final class LoadPace {

    /** For all steps of a load together; at 70 % load on two cores a calm moment comes within a second or two. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * Of waiting without one calm moment: some full batches long, since images that come at random keep two cores busy for 3 s now
     * and then at 70 % load. After that they are known to take all there is, and more waiting finds no gap either.
     */
    private static final Duration SATURATED = Duration.ofSeconds(6);

    /** SHA-256 makes 256 kB in 1.3 ms where the processor has no instruction for it: a seventh of a core, and 250 MB in 10 s. */
    private static final Duration PAUSE = Duration.ofMillis(8);

    /** For all pauses of a load together: 900 MB; what is larger is copied without from there on, since a load has a time limit. */
    private static final Duration PAUSES = Duration.ofSeconds(30);

    /** Short beside the time between two batches. */
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Traffic traffic;
    private final RunTurns turns;
    private final LongSupplier nanoClock;
    private final LongConsumer park;
    private final Abandonment abandonment;
    private long forSteps = PATIENCE.toNanos();
    private long forPieces = PAUSES.toNanos();
    private long untilSaturated = SATURATED.toNanos();

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
        long waited = awaitCalm(Math.min(forSteps, untilSaturated));
        forSteps -= waited;
        untilSaturated = traffic.isCalm() ? SATURATED.toNanos() : untilSaturated - waited;
    }

    /**
     * To be called before a short piece of work.
     *
     * @throws Abandonment.AbandonedException where the load is for nobody
     */
    void awaitPiece() {
        forPieces -= awaitCalm(Math.min(PAUSE.toNanos(), forPieces));
    }

    /** Returns how long it waited, in nanoseconds. */
    private long awaitCalm(long atMost) {
        abandonment.check();
        long begin = nanoClock.getAsLong();
        long waited = 0;
        while (waited < atMost && !traffic.isCalm()) {
            park.accept(LOOK.toNanos());
            abandonment.check();
            waited = nanoClock.getAsLong() - begin;
        }
        return waited;
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
