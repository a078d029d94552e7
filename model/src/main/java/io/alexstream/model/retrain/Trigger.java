package io.alexstream.model.retrain;

/** Says when the next round begins. Confined to the loop's thread. */
public interface Trigger {

    /**
     * Waits for the next round.
     *
     * @return false where there is none: it was stopped, or that was all
     */
    boolean awaitNext(StopSignal stop);

    /** The round that this began has failed: what it was for is still to do. */
    default void failed() {}
}
