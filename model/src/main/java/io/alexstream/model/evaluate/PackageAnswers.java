package io.alexstream.model.evaluate;

import io.alexstream.contract.ModelRef;
import java.util.List;

/**
 * What one package says of images. Immutable.
 *
 * @param labels of the package, in the order of its classes
 * @param answers one an image, in the order of the images
 */
public record PackageAnswers(ModelRef model, List<String> labels, List<Answer> answers) {

    public PackageAnswers {
        labels = List.copyOf(labels);
        answers = List.copyOf(answers);
    }

    /** How right they are. */
    public Evaluation evaluation() {
        return Evaluation.of(this);
    }
}
