package io.alexstream.model.train;

/**
 * How a network did on images so far. Immutable; the zero of {@link #plus} is {@link #NONE}.
 *
 * @param lossSum of the images' cross entropies, in nats
 * @param top1 images whose class was the most probable one
 * @param top5 images whose class was among the five most probable
 */
public record Tally(double lossSum, long top1, long top5, long images) {

    public static final Tally NONE = new Tally(0, 0, 0, 0);

    /** Adds a batch. */
    public Tally plus(Tally other) {
        return new Tally(lossSum + other.lossSum, top1 + other.top1, top5 + other.top5, images + other.images);
    }

    /**
     * One batch.
     *
     * @param loss mean over the batch
     * @param scores rows of logits or probabilities, one an image
     */
    static Tally of(double loss, float[] scores, long[] classes) {
        int width = scores.length / classes.length;
        int first = 0;
        int amongFive = 0;
        for (int i = 0; i < classes.length; i++) {
            int better = better(scores, i * width, width, (int) classes[i]);
            first += better < 1 ? 1 : 0;
            amongFive += better < 5 ? 1 : 0;
        }
        return new Tally(loss * classes.length, first, amongFive, classes.length);
    }

    /** How many classes come before the true one; of equals the lower index comes first, as in serving. */
    private static int better(float[] scores, int from, int width, int truth) {
        float own = scores[from + truth];
        int better = 0;
        for (int j = 0; j < width; j++) {
            float other = scores[from + j];
            if (!(other <= own) || (other == own && j < truth)) { // what is no number is never right
                better++;
            }
        }
        return better;
    }

    /** Mean cross entropy in nats; 0 without images. */
    public double loss() {
        return images == 0 ? 0 : lossSum / images;
    }

    /** 0 to 1. */
    public double top1Share() {
        return images == 0 ? 0 : (double) top1 / images;
    }

    /** 0 to 1. */
    public double top5Share() {
        return images == 0 ? 0 : (double) top5 / images;
    }
}
