package io.alexstream.model.evaluate;

import io.alexstream.inference.TopK;
import io.alexstream.model.data.LabelledImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The mean of what a package says of the crops of one image; of one crop, just that. Confined to one thread. */
final class MeanAnswer {

    private final int labels;
    private final Map<Integer, Double> sums = new HashMap<>();
    private int most;
    private int crops;

    /** @param labels how many classes the package says that it has */
    MeanAnswer(int labels) {
        this.labels = labels;
    }

    /** Takes one frame's answer. */
    void add(TopK top, int frame) {
        for (int i = frame * top.k(); i < (frame + 1) * top.k(); i++) {
            long index = top.classes()[i];
            if (index < 0 || index >= labels) {
                throw new EvaluationException(
                        "the model answers class " + index + ", its package has " + labels + " labels; make it again");
            }
            sums.merge((int) index, (double) top.probabilities()[i], Double::sum);
        }
        most = top.k();
        crops++;
    }

    /** As many classes as a frame's answer has; ties by rising index, as in serving. */
    Answer answer(LabelledImage image, int truth) {
        List<Map.Entry<Integer, Double>> sorted = sums.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .toList();
        int[] classes = new int[sorted.size()];
        float[] probabilities = new float[sorted.size()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = sorted.get(i).getKey();
            probabilities[i] = (float) (sorted.get(i).getValue() / crops);
        }
        return new Answer(image, truth, classes, probabilities);
    }
}
