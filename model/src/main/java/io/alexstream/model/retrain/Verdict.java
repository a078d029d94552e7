package io.alexstream.model.retrain;

/**
 * What the gate says of a candidate. Immutable.
 *
 * @param passes whether it may be served
 * @param reason with the figures, in one line; both where it passes and where not
 */
public record Verdict(boolean passes, String reason) {}
