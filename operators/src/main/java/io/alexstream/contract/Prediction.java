package io.alexstream.contract;

import java.util.Objects;

/**
 * One class and how sure the model is of it.
 *
 * @param label the package's label of the class
 * @param index the class's row in the model's output, from 0
 * @param probability after softmax, 0 to 1
 */
public record Prediction(String label, int index, float probability) {

    public Prediction {
        Objects.requireNonNull(label, "label");
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative, was " + index);
        }
    }
}
