package io.alexstream.model.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Where and how often a training is written down.
 *
 * @param every time between two checkpoints, none for one after each step
 * @param resume whether training goes on from the file, which must be there then
 * @param nanoTime {@code System::nanoTime}
 */
public record Checkpoints(Path file, Duration every, boolean resume, LongSupplier nanoTime) {

    public Checkpoints {
        if (every.isNegative()) {
            throw new IllegalArgumentException("the time between checkpoints must not be negative, was " + every);
        }
    }

    /** Removes the file, if there is one: the training is over and its result written. */
    public void delete() {
        new CheckpointFile(file).delete();
    }
}
