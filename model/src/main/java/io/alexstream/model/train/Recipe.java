package io.alexstream.model.train;

import io.alexstream.model.data.Augmentation;

/**
 * How to train.
 *
 * @param name as the command line and manifests give it
 * @param batchSize images a step; fewer where there are fewer
 * @param maxGradient longest gradient, all parameters together; longer ones are shortened to it. 0 is no limit
 * @param dropout whether the network's dropout layers drop
 */
public record Recipe(
        String name,
        int epochs,
        int batchSize,
        Schedule schedule,
        double momentum,
        double weightDecay,
        double maxGradient,
        boolean dropout,
        Augmentation augmentation) {

    public Recipe {
        if (epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "epochs and batchSize must be 1 or more, were " + epochs + " and " + batchSize);
        }
    }

    /**
     * The 2012 paper's (sections 4 and 5), 90 epochs: for data sets of ImageNet's kind. Patience is ours; the paper's authors
     * lowered the rate by hand.
     */
    public static Recipe paper() {
        return new Recipe("paper", 90, 128, new Schedule.Plateau(0.01, 5), 0.9, 5e-4, 0, true, Augmentation.PAPER);
    }

    /**
     * For some hundred or thousand images: with dropout and a constant rate AlexNet stays at chance on so few. No flips, since
     * small sets often tell left from right, and no colours.
     *
     * <p>On 795 drawn pictures of ten textures, full AlexNet on two cores: 98.0 % of 200 held-out ones after four epochs and 156 s,
     * export included. Without the limit of gradients the loss jumped from 1.4 to 4.7 at step 21 and held-out accuracy was 15 % after
     * an epoch, with it 48 %; a highest rate of 0.02 without the limit stayed at chance for three.
     */
    public static Recipe small() {
        return new Recipe(
                "small",
                4,
                32,
                new Schedule.OneCycle(0.005),
                0.9,
                5e-4,
                1,
                false,
                new Augmentation(true, false, false));
    }

    /** The same for another number of epochs. */
    public Recipe withEpochs(int other) {
        return new Recipe(name, other, batchSize, schedule, momentum, weightDecay, maxGradient, dropout, augmentation);
    }
}
