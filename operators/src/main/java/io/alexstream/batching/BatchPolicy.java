package io.alexstream.batching;

import java.time.Duration;
import java.util.Objects;

/**
 * When micro-batches close.
 *
 * @param maxBatchSize most elements in one batch
 * @param linger how long the first element of a batch waits for more while a thread is free; 0 means not at all
 * @param maxInFlightBatches most batches that exist at once: filling, waiting and running. Bounds the buffers
 */
public record BatchPolicy(int maxBatchSize, Duration linger, int maxInFlightBatches) {

    public BatchPolicy {
        Objects.requireNonNull(linger, "linger");
        if (maxBatchSize < 1) {
            throw new IllegalArgumentException("maxBatchSize must be 1 or more, was " + maxBatchSize);
        }
        if (linger.isNegative()) {
            throw new IllegalArgumentException("linger must not be negative, was " + linger);
        }
        if (maxInFlightBatches < 2) {
            throw new IllegalArgumentException(
                    "maxInFlightBatches must be 2 or more (one runs while one fills), was " + maxInFlightBatches);
        }
    }
}
