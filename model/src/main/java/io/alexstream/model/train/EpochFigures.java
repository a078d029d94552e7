package io.alexstream.model.train;

/**
 * What an epoch came to.
 *
 * @param epoch from 1
 * @param train on the images of its steps, augmented, while the weights changed
 * @param heldOut after its last step, on frames as serving sees them
 * @param rate of its last step
 * @param seconds that it took, without what a killed process lost
 */
public record EpochFigures(int epoch, Tally train, Tally heldOut, double rate, double seconds) {}
