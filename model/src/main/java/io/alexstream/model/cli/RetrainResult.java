package io.alexstream.model.cli;

import io.alexstream.model.retrain.RoundOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a round of {@code retrain} prints for machines.
 *
 * @param outcome ACTIVE, PUBLISHED, REFUSED, NOTHING_NEW or STOPPED
 * @param served the version that the round began with, or null
 * @param version what was published, or null
 */
record RetrainResult(
        String name,
        String outcome,
        @Nullable Integer served,
        @Nullable Integer version,
        String reason) {

    static RetrainResult of(String name, RoundOutcome outcome) {
        return new RetrainResult(
                name, outcome.kind().name(), outcome.servedVersion(), outcome.version(), outcome.reason());
    }
}
