package io.alexstream.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelRef;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationLinesTest {

    private static final List<String> LABELS = List.of("cat", "dog\u001b[31m");

    private static Evaluation evaluation(int version, long cats, long dogs) {
        return new Evaluation(
                new ModelRef("pets", version, "file:/p", "00"),
                LABELS,
                List.of(
                        new ClassResult("cat", true, 40, cats, 40, Map.of(0, cats, 1, 40 - cats)),
                        new ClassResult("dog\u001b[31m", true, 10, dogs, 10, Map.of(0, 10 - dogs, 1, dogs))));
    }

    @Test
    void showsErrorsClassesAndMistakes() {
        assertThat(new EvaluationLines(0).lines(List.of(evaluation(1, 30, 10))))
                .containsExactly(
                        "PACKAGE  TOP-1 ERROR  TOP-5 ERROR  IMAGES  CLASSES",
                        "pets 1        20.0 %        0.0 %      50        2",
                        "",
                        "CLASS     IMAGES  RIGHT, VERSION 1  AMONG FIVE",
                        "cat           40            75.0 %     100.0 %",
                        "dog?[31m      10           100.0 %     100.0 %",
                        "",
                        "MISTAKEN  CLASS  TAKEN FOR",
                        "10 of 40  cat    dog?[31m");
    }

    @Test
    void comparesTwo() {
        assertThat(new EvaluationLines(0).lines(List.of(evaluation(1, 30, 10), evaluation(2, 40, 5))))
                .contains(
                        "pets 2 is right on +5 of 50 images compared with pets 1: top-1 +10.0, top-5 +0.0 points",
                        "CLASS     IMAGES  RIGHT, VERSION 1  RIGHT, VERSION 2  AMONG FIVE",
                        "cat           40            75.0 %           100.0 %     100.0 %",
                        "MISTAKEN  CLASS     TAKEN FOR",
                        " 5 of 10  dog?[31m  cat");
    }

    @Test
    void ofOtherNamesEachIsCalledByItsOwn() {
        Evaluation birds = new Evaluation(
                new ModelRef("birds", 2, "file:/p", "00"),
                LABELS,
                evaluation(2, 40, 5).classes());
        assertThat(new EvaluationLines(0).lines(List.of(evaluation(2, 30, 10), birds)))
                .contains("CLASS     IMAGES  RIGHT, pets 2  RIGHT, birds 2  AMONG FIVE");
    }

    @Test
    void ofManyClassesItShowsTheWorst() {
        List<ClassResult> classes = IntStream.range(0, 100)
                .mapToObj(i -> new ClassResult("class " + i, true, 100, 99 - i, 100, Map.of(0, 100L)))
                .toList();
        List<String> labels = classes.stream().map(ClassResult::label).toList();
        Evaluation many = new Evaluation(new ModelRef("m", 1, "file:/m", "00"), labels, classes);
        List<String> lines = new EvaluationLines(80).lines(List.of(many));
        assertThat(lines)
                .contains("the 25 worst of 100 classes; --json and --report have them all")
                .anyMatch(line -> line.startsWith("class 99 "))
                .noneMatch(line -> line.startsWith("class 74 "));
    }
}
