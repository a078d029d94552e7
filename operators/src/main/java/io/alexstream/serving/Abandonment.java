package io.alexstream.serving;

import java.io.Serial;

/** Says that nobody waits for a load any more; the load asks between its steps. Safe for concurrent use: one flag. */
final class Abandonment {

    private volatile boolean abandoned;

    void abandon() {
        abandoned = true;
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
