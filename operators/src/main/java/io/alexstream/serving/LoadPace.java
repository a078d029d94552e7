package io.alexstream.serving;

import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps a load out of the way of the images that are served meanwhile, since both want the same cores: copying rests as long
 * as it works, and what cannot be interrupted (opening a session, a warm-up run) begins when few images wait. With nothing to
 * serve it never waits. Confined to the load's thread.
 */
final class LoadPace {

    /** For a whole load, to wait and to rest, each. Where images never become few, the new version must come nevertheless. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration LOOK = Duration.ofMillis(5);

    /** For a piece of copying: a MiB takes 1 ms to read, hash and write; what takes much longer waits for a network. */
    private static final Duration LONGEST_REST = Duration.ofMillis(2);

    private final Traffic traffic;
    private final int few;
    private final LongSupplier nanoClock;
    private final LongConsumer park;
    private final Abandonment abandonment;
    private long patience = PATIENCE.toNanos();
    private long leftToRest = PATIENCE.toNanos();
    private long workingSince;

    /**
     * @param few how many frames may be under way when a step begins
     * @param park waits so many nanoseconds, or shorter
     */
    LoadPace(Traffic traffic, int few, LongSupplier nanoClock, LongConsumer park, Abandonment abandonment) {
        this.traffic = traffic;
        this.few = few;
        this.nanoClock = nanoClock;
        this.park = park;
        this.abandonment = abandonment;
        this.workingSince = nanoClock.getAsLong();
    }

    /** For a load that has the machine to itself, or that everything waits for. */
    static LoadPace alone() {
        return new LoadPace(new Traffic(), 0, () -> 0, nanos -> {}, new Abandonment());
    }

    /**
     * To be called before a step that cannot be interrupted.
     *
     * @throws Abandonment.AbandonedException where the load is for nobody
     */
    void awaitCalm() {
        abandonment.check();
        long last = nanoClock.getAsLong();
        while (traffic.frames() > few && patience > 0) {
            park.accept(LOOK.toNanos());
            abandonment.check();
            long now = nanoClock.getAsLong();
            patience -= now - last;
            last = now;
        }
        workingSince = last;
    }

    /**
     * To be called after a piece of work.
     *
     * @throws Abandonment.AbandonedException where the load is for nobody
     */
    void rest() {
        abandonment.check();
        if (traffic.frames() > 0 && leftToRest > 0) {
            long worked = nanoClock.getAsLong() - workingSince;
            long rest = Math.min(worked, LONGEST_REST.toNanos());
            park.accept(rest);
            leftToRest -= rest;
        }
        workingSince = nanoClock.getAsLong();
    }
}
