package io.alexstream.model.train;

import io.alexstream.model.data.BatchLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far a training is: steps, epochs, and what they came to. What a checkpoint holds beside weights and momentum. Confined to the
 * trainer's thread.
 */
final class Course {

    private final Recipe recipe;
    private final int images;
    private final int batchSize;
    private final long stepsPerEpoch;
    private final long steps;
    private final List<EpochFigures> history = new ArrayList<>();
    private Tally tally = Tally.NONE;
    private double earlierSeconds;
    private long step;

    /** @param images to train with */
    Course(Recipe recipe, int images) {
        this.recipe = recipe;
        this.images = images;
        batchSize = Math.min(recipe.batchSize(), images);
        stepsPerEpoch = BatchLoader.stepsPerEpoch(images, batchSize);
        steps = stepsPerEpoch * recipe.epochs();
    }

    /** Goes on where a checkpoint was written. */
    void resume(CheckpointFile.Header header) {
        step = header.step();
        tally = header.tally();
        earlierSeconds = header.seconds();
        history.addAll(header.history());
    }

    /** @param seconds that this process has spent on the current epoch */
    CheckpointFile.Header header(Map<String, String> identity, double seconds) {
        return new CheckpointFile.Header(identity, step, tally, earlierSeconds + seconds, List.copyOf(history));
    }

    int batchSize() {
        return batchSize;
    }

    /** Of the whole training. */
    long steps() {
        return steps;
    }

    /** How many were made. */
    long step() {
        return step;
    }

    boolean hasSteps() {
        return step < steps;
    }

    /** Whether every epoch is over and measured. */
    boolean isOver() {
        return history.size() == recipe.epochs();
    }

    List<EpochFigures> history() {
        return List.copyOf(history);
    }

    /** The rate of a step. */
    double rate(long atStep) {
        return recipe.schedule().rate(atStep, steps, history);
    }

    void stepMade(Tally made) {
        step++;
        tally = tally.plus(made);
    }

    /** Whether the current epoch has no step left and the held-out images are to be looked at. */
    boolean endsEpoch() {
        return step / stepsPerEpoch > history.size();
    }

    /** @param seconds that this process has spent on the epoch */
    EpochFigures endEpoch(Tally heldOut, double rate, double seconds) {
        EpochFigures figures = new EpochFigures(history.size() + 1, tally, heldOut, rate, earlierSeconds + seconds);
        history.add(figures);
        tally = Tally.NONE;
        earlierSeconds = 0;
        return figures;
    }

    /** @param done images that this process has trained with */
    TrainingListener.StepFigures figures(long done, double loss, double rate) {
        long begun = (step - 1) / stepsPerEpoch;
        long total = (long) images * recipe.epochs();
        long seen = begun * images + Math.min(images, (step - begun * stepsPerEpoch) * batchSize);
        return new TrainingListener.StepFigures(
                step, steps, (int) begun + 1, recipe.epochs(), done, total - seen, loss, rate);
    }
}
