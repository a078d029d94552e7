package io.alexstream.model.retrain;

import org.jspecify.annotations.Nullable;

/**
 * What came of a round. Immutable.
 *
 * @param servedVersion what it began with, or null where it did not come so far
 * @param version what was published, or null
 * @param reason with the figures, in one line
 */
public record RoundOutcome(
        Kind kind,
        @Nullable Integer servedVersion,
        @Nullable Integer version,
        String reason) {

    /** How it ended. */
    public enum Kind {
        /** Every subtask of every live job serves the new version. */
        ACTIVE,
        /** The new version is published, and not every job has said that it serves it. */
        PUBLISHED,
        /** What is served stays. */
        REFUSED,
        /** Nothing to learn from since the last round. */
        NOTHING_NEW,
        /** Ended from outside before anything was published. */
        STOPPED
    }
}
