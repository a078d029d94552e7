package io.alexstream.model.train;

import java.nio.file.Path;

/** Is told how a training goes on, on the trainer's thread; what it does delays the next step. */
public interface TrainingListener {

    /** Tells nobody. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Steps are about to begin.
     *
     * @param device what computes, in words
     * @param firstStep 0, or where a checkpoint ended
     */
    default void started(String device, long firstStep, long steps) {}

    /** A step was made. */
    default void step(StepFigures figures) {}

    /** An epoch is over and the held-out images were looked at. */
    default void epoch(EpochFigures figures) {}

    /** A checkpoint is on the disk. */
    default void checkpoint(Path file, long step) {}

    /**
     * How far it is.
     *
     * @param step how many were made, in all
     * @param epoch the current one, from 1
     * @param images of the current process, all its steps together
     * @param imagesLeft to the end of the training
     * @param loss of this step
     */
    record StepFigures(
            long step, long steps, int epoch, int epochs, long images, long imagesLeft, double loss, double rate) {}
}
