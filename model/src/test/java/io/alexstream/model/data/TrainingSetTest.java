package io.alexstream.model.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingSetTest {

    private static List<LabelledImage> images(String label, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new LabelledImage(label + "/" + i, "file:///" + label + "/" + i, label))
                .toList();
    }

    private static List<LabelledImage> both(List<LabelledImage> a, List<LabelledImage> b) {
        List<LabelledImage> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }

    private static Set<String> keys(List<TrainingSet.Example> examples) {
        Set<String> keys = new HashSet<>();
        examples.forEach(example -> keys.add(example.image().key()));
        return keys;
    }

    @Test
    void holdsOutAboutTheShareThatWasAskedAndNothingTwice() {
        TrainingSet set = TrainingSet.of(both(images("cat", 500), images("dog", 500)), List.of(), 0.2);
        assertThat(set.labels()).containsExactly("cat", "dog");
        assertThat(set.heldOut()).hasSizeBetween(150, 250);
        assertThat(set.train().size() + set.heldOut().size()).isEqualTo(1000);
        assertThat(keys(set.heldOut())).doesNotContainAnyElementsOf(keys(set.train()));
        assertThat(set.problems()).isEmpty();
    }

    /** What was trained with must never be measured on, also when a later training begins with this one's weights. */
    @Test
    void neverHoldsOutLaterWhatItOnceTrainedWith() {
        TrainingSet before = TrainingSet.of(both(images("cat", 60), images("dog", 3)), List.of(), 0.2);
        TrainingSet after = TrainingSet.of(both(images("cat", 200), images("dog", 90)), List.of(), 0.2);
        Set<String> large = keys(before.train());
        large.removeIf(key -> key.startsWith("dog"));
        assertThat(keys(after.heldOut())).doesNotContainAnyElementsOf(large);
    }

    /** Where only the hash decides, that holds for classes of one image and two as well. */
    @Test
    void byHashAnImageStaysInItsPartHoweverTheSetGrows() {
        List<LabelledImage> all = both(both(images("cat", 300), images("dog", 40)), images("eel", 2));
        TrainingSet whole = TrainingSet.byHash(all, List.of(), 0.2);
        assertThat(whole.heldOut()).hasSizeBetween(45, 95);
        for (int size = 1; size <= all.size(); size++) {
            TrainingSet part = TrainingSet.byHash(all.subList(0, size), List.of("dog"), 0.2);
            assertThat(keys(whole.heldOut())).containsAll(keys(part.heldOut()));
            assertThat(keys(whole.train())).containsAll(keys(part.train()));
        }
    }

    @Test
    void byHashAnotherLabelMovesNoImage() {
        List<LabelledImage> before = images("cat", 100);
        List<LabelledImage> after = before.stream()
                .map(image -> new LabelledImage(image.key(), image.uri(), "dog"))
                .toList();
        assertThat(keys(TrainingSet.byHash(after, List.of("cat"), 0.3).heldOut()))
                .isEqualTo(keys(TrainingSet.byHash(before, List.of("cat"), 0.3).heldOut()));
    }

    @Test
    void holdsOutOneOfEachClassOfTwo() {
        TrainingSet set = TrainingSet.of(both(both(images("a", 2), images("b", 2)), images("c", 1)), List.of(), 0.001);
        assertThat(set.heldOut()).hasSize(2);
        assertThat(set.train()).hasSize(3);
        TrainingSet almostAll = TrainingSet.of(both(images("a", 5), images("b", 5)), List.of(), 0.999);
        assertThat(almostAll.train())
                .extracting(TrainingSet.Example::classIndex)
                .containsExactly(0, 1);
    }

    @Test
    void keepsTheClassesOfAModelInFrontAndSaysWhichHaveNoImage() {
        TrainingSet set = TrainingSet.of(both(images("ant", 4), images("zebra", 4)), List.of("zebra", "moth"), 0.3);
        assertThat(set.labels()).containsExactly("zebra", "moth", "ant");
        assertThat(set.untrained()).containsExactly("moth");
        assertThat(set.train())
                .allSatisfy(example -> assertThat(set.labels().get(example.classIndex()))
                        .isEqualTo(example.image().label()));
    }

    @Test
    void refusesWhatCannotBeLearnt() {
        assertThat(TrainingSet.of(List.of(), List.of(), 0.2).problems()).hasSize(2);
        assertThat(TrainingSet.of(images("a", 9), List.of(), 0.2).problems())
                .containsExactly("there is only the class 'a'; training needs images of two or more");
        assertThat(TrainingSet.of(both(images("a", 1), images("b", 1)), List.of(), 0.2)
                        .problems())
                .singleElement()
                .asString()
                .startsWith("no image is held out");
    }

    @Test
    void tellsSetsApart() {
        TrainingSet set = TrainingSet.of(both(images("a", 9), images("b", 9)), List.of(), 0.2);
        assertThat(TrainingSet.of(both(images("a", 9), images("b", 9)), List.of(), 0.2)
                        .fingerprint())
                .isEqualTo(set.fingerprint());
        assertThat(TrainingSet.of(both(images("a", 9), images("b", 8)), List.of(), 0.2)
                        .fingerprint())
                .isNotEqualTo(set.fingerprint());
        assertThat(TrainingSet.of(both(images("a", 9), images("b", 9)), List.of("b"), 0.2)
                        .fingerprint())
                .isNotEqualTo(set.fingerprint());
    }
}
