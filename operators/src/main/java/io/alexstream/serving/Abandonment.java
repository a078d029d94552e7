package io.alexstream.serving;

import java.io.Serial;

/** Says that nobody waits for a load any more; the load asks between its steps. Safe for concurrent use: a flag, and what is done when it is set. */
final class Abandonment {

    private volatile boolean abandoned;
    private volatile Runnable action = () -> {};

    void abandon() {
        abandoned = true;
        action.run();
    }

    /** What to do besides, in place of what was said before. */
    void whenAbandoned(Runnable newAction) {
        action = newAction;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** To be called between steps; throws where the load is for nobody. */
    void check() {
        if (abandoned) {
            throw new AbandonedException();
        }
    }

    /** Ends a load that nobody waits for. */
    static final class AbandonedException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        AbandonedException() {
            super("the load was given up");
        }
    }
}
