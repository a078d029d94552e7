package io.alexstream.model.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelIndexTest {

    private final LabelIndex index =
            new LabelIndex(List.of("n01 tench, Tinca tinca", "red wine", "n02 crane", "n02 tower", "n01", "red wine"));

    @Test
    void aLabelMeansItself() {
        assertThat(index.of("n01 tench, Tinca tinca")).isZero();
        assertThat(index.of("n01")).as("before an id").isEqualTo(4);
        assertThat(index.of("red wine")).as("of two the first").isEqualTo(1);
    }

    @Test
    void anIdMeansTheOneLabelThatBeginsWithIt() {
        assertThat(new LabelIndex(List.of("other", "n01 tench")).of("n01")).isEqualTo(1);
        assertThat(index.of("n02")).as("of two").isEqualTo(LabelIndex.NONE);
        assertThat(index.of("red")).as("no id").isEqualTo(LabelIndex.NONE);
        assertThat(index.of("n03")).isEqualTo(LabelIndex.NONE);
    }

    @Test
    void aFolderNamedByAnIdTrainsTheClassOfThatId() {
        LabelledImage image = new LabelledImage("a", "file:/a", "n02");
        LabelledImage other = new LabelledImage("b", "file:/b", "cat");
        TrainingSet set = TrainingSet.of(List.of(image, other), List.of("n01 tench", "n02 crane"), 0.5);
        assertThat(set.labels()).containsExactly("n01 tench", "n02 crane", "cat");
        assertThat(set.train()).extracting(TrainingSet.Example::classIndex).containsExactly(1, 2);
    }

    /** Two classes begin with the id, but only one of them is the model's. */
    @Test
    void anIdThatANewLabelBeginsWithTooStillMeansTheModelsClass() {
        TrainingSet set = TrainingSet.byHash(
                List.of(new LabelledImage("a", "file:/a", "n01"), new LabelledImage("b", "file:/b", "n01 cat")),
                List.of("n01 tench"),
                1e-9);
        assertThat(set.labels()).containsExactly("n01 tench", "n01 cat");
        assertThat(set.train()).extracting(TrainingSet.Example::classIndex).containsExactly(0, 1);
    }
}
