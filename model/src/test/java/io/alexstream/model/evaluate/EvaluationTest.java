package io.alexstream.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.contract.ModelRef;
import io.alexstream.model.data.LabelIndex;
import io.alexstream.model.data.LabelledImage;
import io.alexstream.model.evaluate.Evaluation.Confusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final List<String> LABELS = List.of("a", "b", "c", "d", "e", "f", "g");
    private static final ModelRef MODEL = new ModelRef("alexnet", 3, "file:/m", "00");

    private final List<Answer> answers = new ArrayList<>();

    private void add(String label, int... classes) {
        float[] probabilities = new float[classes.length];
        for (int i = 0; i < classes.length; i++) {
            probabilities[i] = 0.5f / (i + 1);
        }
        LabelledImage image = new LabelledImage(label + answers.size(), "file:/" + answers.size(), label);
        answers.add(new Answer(image, new LabelIndex(LABELS).of(label), classes, probabilities));
    }

    private Evaluation evaluation() {
        return new PackageAnswers(MODEL, LABELS, answers).evaluation();
    }

    @Test
    void countsFirstAndAmongFive() {
        add("a", 0, 1, 2, 3, 4, 5);
        add("a", 1, 2, 3, 4, 0, 5);
        add("a", 1, 2, 3, 4, 5, 0);
        add("c", 1, 0);
        Evaluation evaluation = evaluation();
        assertThat(evaluation.images()).isEqualTo(4);
        assertThat(evaluation.top1()).isEqualTo(0.25);
        assertThat(evaluation.top5()).as("the sixth is not among five").isEqualTo(0.5);
        assertThat(evaluation.classes())
                .containsExactly(
                        new ClassResult("a", true, 3, 1, 2, Map.of(0, 1L, 1, 2L)),
                        new ClassResult("c", true, 1, 0, 0, Map.of(1, 1L)));
        assertThat(evaluation.classes().get(0).top1Share()).isEqualTo(1 / 3.0);
        assertThat(evaluation.classes().get(0).top5Share()).isEqualTo(2 / 3.0);
    }

    @Test
    void imagesOfAClassThatThePackageLacksAreWrong() {
        add("zebra", 0, 1);
        add("a", 0, 1);
        add("yak", 1, 0);
        add("zebra", 1, 0);
        Evaluation evaluation = evaluation();
        assertThat(evaluation.top1()).isEqualTo(0.25);
        assertThat(evaluation.top5()).isEqualTo(0.25);
        assertThat(evaluation.unknown()).containsExactly("yak", "zebra");
        assertThat(evaluation.classes()).extracting(ClassResult::label).containsExactly("a", "yak", "zebra");
        assertThat(evaluation.confusions()).hasSize(3);
    }

    @Test
    void namesTheMostFrequentMistakesFirst() {
        add("a", 1);
        add("b", 0);
        add("b", 2);
        add("b", 2);
        add("b", 1);
        assertThat(evaluation().confusions())
                .containsExactly(
                        new Confusion("b", "c", 2, 4), new Confusion("a", "b", 1, 1), new Confusion("b", "a", 1, 4));
    }

    @Test
    void needsAnImage() {
        assertThatThrownBy(this::evaluation).isInstanceOf(IllegalArgumentException.class);
    }
}
