package io.alexstream.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.contract.InputSpec;
import io.alexstream.model.data.TrainingSet.Example;
import io.alexstream.model.testing.DrawnClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewClassesTest {

    private static final TrainingImages.Listener SILENT = new TrainingImages.Listener() {
        @Override
        public void read(int done, int total) {}

        @Override
        public void unreadable(LabelledFrames.Unreadable image) {}
    };

    @TempDir
    private Path folder;

    private static List<Example> examples(String prefix, int count, int place) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(new Example(new LabelledImage(prefix + i, "file:/" + prefix + i, prefix), place));
        }
        return examples;
    }

    @SafeVarargs
    private static List<Example> all(List<Example>... parts) {
        List<Example> all = new ArrayList<>();
        for (List<Example> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    @Test
    void aNewClassNeedsImagesToTrainWithAndOneHeldOutAndTheModelsOwnNeedNone() {
        TrainingSet set = new TrainingSet(
                List.of("own", "few", "measured", "unmeasured"),
                all(examples("few", 4, 1), examples("measured", 5, 2), examples("unmeasured", 9, 3)),
                all(examples("h-few", 2, 1), examples("h-measured", 1, 2)));
        NewClasses admission = new NewClasses(1, 5);
        assertThat(admission.tooSmall(set)).containsExactly("few", "unmeasured");
        TrainingSet admitted = admission.admitted(set);
        assertThat(admitted.labels()).containsExactly("own", "measured");
        assertThat(admitted.train()).hasSize(5).allMatch(example -> example.classIndex() == 1);
        assertThat(admitted.heldOut()).hasSize(1).allMatch(example -> example.classIndex() == 1);
    }

    private TrainingImages open(TrainingSet set, int maxBad) {
        return TrainingImages.open(
                set, new NewClasses(2, 1), List.of(folder + "/"), InputSpec.square(32, 36), maxBad, 1 << 20, 2, SILENT);
    }

    /** Who writes a label for a picture that is none must not stop all learning. */
    @Test
    void unreadableImagesOfAClassLeaveTheOthersToBeLearnt() throws IOException {
        DrawnClasses.draw(folder, 6);
        Files.createDirectories(folder.resolve("poison"));
        Files.writeString(folder.resolve("poison/a.png"), "not a picture");
        Files.writeString(folder.resolve("poison/b.png"), "not a picture");
        List<String> served = List.of("checks", "down");
        TrainingSet set = TrainingSet.of(ImageFolder.read(folder).images(), served, 0.3);
        assertThat(set.labels()).hasSize(4).contains("poison");
        try (TrainingImages images = open(set, 2)) {
            assertThat(images.set().labels())
                    .hasSize(3)
                    .doesNotContain("poison")
                    .startsWith(served.get(0));
            assertThat(images.train().examples()).isEqualTo(images.set().train());
            for (int i = 0; i < images.train().size(); i++) {
                byte[] frame = images.train().frame(i);
                try (FrameReader reader = new FrameReader(List.of(folder + "/"))) {
                    assertThat(frame)
                            .isEqualTo(reader.read(
                                    images.train().examples().get(i).image().uri(),
                                    images.train().input()));
                }
            }
        }
        assertThatThrownBy(() -> open(set, 1)).hasMessageContaining("--max-bad allows 1");
    }

    @Test
    void aServedClassOfWhichNothingCanBeReadIsUntrainedAndNoReasonToRefuse() throws IOException {
        DrawnClasses.draw(folder, 6);
        for (int i = 0; i < 6; i++) {
            Files.writeString(folder.resolve("down/" + i + ".png"), "not a picture");
        }
        TrainingSet set = TrainingSet.of(ImageFolder.read(folder).images(), List.of("down", "checks"), 0.3);
        try (TrainingImages images = open(set, 6)) {
            assertThat(images.set().untrained()).contains("down");
        }
    }
}
