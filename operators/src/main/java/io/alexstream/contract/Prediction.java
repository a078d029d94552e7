package io.alexstream.contract;

import java.util.Objects;

/**
 * One class and how sure the model is of it.
 *
 * @param label the package's label of the class
 * @param index the class's row in the model's output, from 0
 * @param probability after softmax, 0 to 1; what rounding put above 1 becomes 1
 */
public record Prediction(String label, int index, float probability) {

    /** A sum of 1000 rounded floats is off by less than this (1000 x 2^-24 = 6e-5). */
    private static final float ROUNDING = 1e-4f;

    public Prediction {
        Objects.requireNonNull(label, "label");
        if (index < 0) {
            throw OneLine.refusal("index must not be negative", index);
        }
        if (!(probability >= 0 && probability <= 1 + ROUNDING)) {
            throw OneLine.refusal("probability must lie between 0 and 1", probability);
        }
        probability = Math.min(probability, 1);
    }
}
