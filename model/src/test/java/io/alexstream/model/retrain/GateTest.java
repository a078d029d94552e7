package io.alexstream.model.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.contract.ModelRef;
import io.alexstream.model.evaluate.ClassResult;
import io.alexstream.model.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private static final Gate STRICT = new Gate(0, 0);

    /** One class of ten images for each number, with so many right; below 0, the package does not know the class. */
    private static Evaluation version(int version, int... right) {
        List<ClassResult> classes = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < right.length; i++) {
            boolean known = right[i] >= 0;
            int count = Math.max(0, right[i]);
            if (known) {
                labels.add("class-" + i);
            }
            classes.add(new ClassResult("class-" + i, known, 10, count, count, Map.of()));
        }
        return new Evaluation(new ModelRef("alexnet", version, "file:///m/alexnet/" + version, "0a"), labels, classes);
    }

    @Test
    void passesWhatIsBetterAndSaysByHowMuch() {
        assertThat(new Gate(0, 0.1).judge(version(7, 5, 5), version(8, 9, 4)))
                .isEqualTo(new Verdict(
                        true,
                        "better: of 20 held-out images 65.0 % (13 of 20) right, version 7 has 50.0 % (10 of 20)"));
    }

    @Test
    void oneImageMoreIsEnoughWithoutALeastGain() {
        assertThat(STRICT.judge(version(7, 9, 9), version(8, 9, 10)).passes()).isTrue();
    }

    @Test
    void aTieIsNotBetter() {
        assertThat(new Gate(0, 1).judge(version(7, 9, 2), version(8, 2, 9)))
                .isEqualTo(new Verdict(
                        false,
                        "not better: of 20 held-out images 55.0 % (11 of 20) right, version 7 has 55.0 % (11 of 20)"));
        assertThat(STRICT.judge(version(7, 10), version(8, 10)).passes()).isFalse();
        assertThat(STRICT.judge(version(7, 0), version(8, 0)).passes()).isFalse();
    }

    @Test
    void worseIsRefused() {
        assertThat(new Gate(0, 1).judge(version(7, 9, 9), version(8, 9, 8)).reason())
                .startsWith("not better: ")
                .contains("85.0 % (17 of 20)", "version 7 has 90.0 % (18 of 20)");
    }

    @Test
    void theLeastGainItselfIsEnoughAndLessIsNot() {
        // 0.3 - 0.2 is less than 0.1 in doubles.
        assertThat(new Gate(0.1, 0).judge(version(7, 2), version(8, 3)).passes())
                .isTrue();
        Verdict verdict = new Gate(0.11, 0).judge(version(7, 2), version(8, 3));
        assertThat(verdict.passes()).isFalse();
        assertThat(verdict.reason())
                .isEqualTo("the gain is less than --min-gain 0.11: of 10 held-out images 30.0 % (3 of 10) right,"
                        + " version 7 has 20.0 % (2 of 10)");
    }

    @Test
    void refusesAClassThatFallsTooFarThoughAllInAllItIsBetter() {
        Gate gate = new Gate(0, 0.2);
        assertThat(gate.judge(version(7, 1, 9), version(8, 10, 7)).passes()).isTrue();
        Verdict verdict = gate.judge(version(7, 1, 9), version(8, 10, 6));
        assertThat(verdict.passes()).isFalse();
        assertThat(verdict.reason())
                .isEqualTo("a class falls by more than --max-class-drop 0.2: 'class-1' from 90.0 % (9 of 10) to 60.0 %"
                        + " (6 of 10); of 20 held-out images 80.0 % (16 of 20) right, version 7 has 50.0 % (10 of 20)");
    }

    @Test
    void namesAFewOfManyFallingClasses() {
        Verdict verdict = STRICT.judge(version(7, 1, 5, 5, 5, 5, 5, 5, 0), version(8, 10, 4, 4, 4, 4, 4, 4, 10));
        assertThat(verdict.reason()).contains("'class-5' from", " and 1 more").doesNotContain("'class-6'");
    }

    @Test
    void aNewClassCountsAsWrongInTheOldModel() {
        assertThat(STRICT.judge(version(7, 9, -1), version(8, 9, 1)).reason())
                .isEqualTo("better: of 20 held-out images 50.0 % (10 of 20) right, version 7 has 45.0 % (9 of 20)");
        assertThat(STRICT.judge(version(7, 9, -1), version(8, 8, 1)).passes())
                .as("a tie, and an old class falls")
                .isFalse();
        assertThat(new Gate(0, 0.05).judge(version(7, 9, -1), version(8, 8, 9)).reason())
                .contains("'class-0' from 90.0 % (9 of 10) to 80.0 % (8 of 10)");
    }

    @Test
    void aClassWithoutHeldOutImagesIsNotJudged() {
        Evaluation two = version(7, 5, 5);
        Evaluation served = new Evaluation(two.model(), List.of("class-0", "class-1", "empty"), two.classes());
        Evaluation better = version(8, 6, 5);
        Evaluation candidate = new Evaluation(better.model(), served.labels(), better.classes());
        assertThat(STRICT.judge(served, candidate).passes()).isTrue();
    }

    @Test
    void doesNotCompareWhatWasAskedAboutDifferentImages() {
        assertThatThrownBy(() -> STRICT.judge(version(7, 5), version(8, 5, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different images: [class-0 10] and [class-0 10, class-1 10]");
        Evaluation fewer = new Evaluation(
                version(8, 1).model(), List.of(), List.of(new ClassResult("class-0", true, 9, 9, 9, Map.of())));
        assertThatThrownBy(() -> STRICT.judge(version(7, 5), fewer)).hasMessageContaining("different images");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesLimitsThatAreNoShares(double value) {
        assertThatThrownBy(() -> new Gate(value, 0)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> new Gate(0, value)).hasMessageContaining("from 0 to 1");
    }
}
