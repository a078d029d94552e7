package io.alexstream.model.retrain;

import java.io.IOException;

/**
 * Round after round, as often as the trigger says. A round that fails is one line, and the next one goes on. Confined to one
 * thread; the signal ends it from any other.
 */
public final class RetrainLoop {

    /** One round. */
    public interface Round {

        /** @throws IOException or an exception of ours, with one line for people, where it fails */
        RoundOutcome run() throws IOException;
    }

    /** Told what came of each round. */
    public interface Listener {

        void ended(RoundOutcome outcome);

        void failed(Exception failure);
    }

    private final Trigger trigger;
    private final Round round;
    private final Listener listener;
    private final StopSignal stop;

    public RetrainLoop(Trigger trigger, Round round, Listener listener, StopSignal stop) {
        this.trigger = trigger;
        this.round = round;
        this.listener = listener;
        this.stop = stop;
    }

    /** Returns when it was stopped. An {@link Error}, such as no memory, ends it too. */
    public void run() {
        while (!stop.isStopped() && trigger.awaitNext(stop)) {
            try {
                listener.ended(round.run());
            } catch (IOException | RuntimeException e) {
                trigger.failed();
                if (!stop.isStopped()) {
                    listener.failed(e);
                }
            }
        }
    }
}
