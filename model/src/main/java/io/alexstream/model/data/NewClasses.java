package io.alexstream.model.data;

import io.alexstream.model.data.TrainingSet.Example;
import java.util.ArrayList;
import java.util.List;

/**
 * Which classes a model may gain: anybody who writes labels can name any number of them. Those that it has stay in any case.
 * Immutable.
 *
 * @param known how many classes the model has; they are the first ones of a set
 * @param leastImages a new one needs so many images to train with, and one that is held out
 */
public record NewClasses(int known, int leastImages) {

    /** Labels of the set that have too few images. */
    public List<String> tooSmall(TrainingSet set) {
        int[] train = count(set.train(), set.labels().size());
        int[] heldOut = count(set.heldOut(), set.labels().size());
        List<String> small = new ArrayList<>();
        for (int i = known; i < train.length; i++) {
            if (train[i] < leastImages || heldOut[i] == 0) {
                small.add(set.labels().get(i));
            }
        }
        return small;
    }

    private static int[] count(List<Example> examples, int classes) {
        int[] counts = new int[classes];
        examples.forEach(example -> counts[example.classIndex()]++);
        return counts;
    }

    /** The set without them and their images. */
    public TrainingSet admitted(TrainingSet set) {
        List<String> labels = new ArrayList<>(set.labels());
        labels.removeAll(tooSmall(set));
        return new TrainingSet(labels, moved(set, set.train(), labels), moved(set, set.heldOut(), labels));
    }

    private List<Example> moved(TrainingSet set, List<Example> examples, List<String> labels) {
        List<Example> moved = new ArrayList<>();
        for (Example example : examples) {
            // The model's own keep their places, also where two of them are the same.
            int place = example.classIndex() < known
                    ? example.classIndex()
                    : labels.indexOf(set.labels().get(example.classIndex()));
            if (place >= 0) {
                moved.add(new Example(example.image(), place));
            }
        }
        return moved;
    }
}
