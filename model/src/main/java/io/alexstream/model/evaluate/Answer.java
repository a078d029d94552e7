package io.alexstream.model.evaluate;

import io.alexstream.model.data.LabelIndex;
import io.alexstream.model.data.LabelledImage;

/**
 * What a package says of one image.
 *
 * @param truth the class that the image's label means, or {@link LabelIndex#NONE} where the package has no such class
 * @param classes the most probable ones, falling
 * @param probabilities of these
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Answer(LabelledImage image, int truth, int[] classes, float[] probabilities) {

    public Answer {
        if (classes.length == 0 || classes.length != probabilities.length) {
            throw new IllegalArgumentException("an answer needs a class or more and a probability each, had "
                    + classes.length + " and " + probabilities.length);
        }
    }

    /** From 0 where the true class came first; as many as there are classes in the answer where it is not among them. */
    public int rank() {
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] == truth) {
                return i;
            }
        }
        return classes.length;
    }
}
