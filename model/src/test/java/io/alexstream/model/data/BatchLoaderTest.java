package io.alexstream.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.contract.InputSpec;
import io.alexstream.model.network.Shape;
import io.alexstream.model.testing.DrawnClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchLoaderTest {

    private static final InputSpec INPUT = InputSpec.square(32, 36);
    private static final Shape SHAPE = new Shape(3, 32, 32);

    @TempDir
    private Path folder;

    @BeforeEach
    void draw() throws IOException {
        DrawnClasses.draw(folder, 6);
    }

    private TrainingImages images(long keepBytes, int maxBad, List<String> bad) {
        LabelledImages found = ImageFolder.read(folder);
        TrainingSet set = TrainingSet.of(found.images(), List.of(), 0.2);
        return TrainingImages.open(
                set, found.allowedUris(), INPUT, maxBad, keepBytes, 2, new TrainingImages.Listener() {
                    @Override
                    public void read(int done, int total) {}

                    @Override
                    public void unreadable(LabelledFrames.Unreadable image) {
                        bad.add(image.image().key());
                    }
                });
    }

    private static List<String> batches(TrainingImages images, long start, int threads) {
        List<String> batches = new ArrayList<>();
        try (BatchLoader loader =
                new BatchLoader(images.train(), SHAPE, Augmentation.PAPER, 4, 7, 12, start, threads)) {
            for (long i = start; i < 12; i++) {
                try (Batch batch = loader.next()) {
                    byte[] bytes = new byte[batch.size() * SHAPE.size()];
                    batch.frames().get(0, bytes);
                    batches.add(
                            Arrays.toString(batch.classes()) + Arrays.hashCode(bytes) + Arrays.toString(batch.shift()));
                }
            }
            assertThatThrownBy(loader::next).isInstanceOf(IllegalStateException.class);
        }
        return batches;
    }

    @Test
    void givesTheSameBatchesWhereverItBeginsAndHoweverManyThreadsThereAre() {
        try (TrainingImages kept = images(Long.MAX_VALUE, 0, new ArrayList<>());
                TrainingImages decoded = images(0, 0, new ArrayList<>())) {
            List<String> all = batches(kept, 0, 1);
            assertThat(batches(decoded, 0, 3)).isEqualTo(all);
            assertThat(batches(kept, 5, 2)).isEqualTo(all.subList(5, 12));
            assertThat(all).doesNotHaveDuplicates();
        }
    }

    @Test
    void showsEveryImageOnceAnEpoch() {
        try (TrainingImages images = images(0, 0, new ArrayList<>())) {
            int size = images.train().size();
            long steps = BatchLoader.stepsPerEpoch(size, 4);
            long[] seen = new long[3];
            int count = 0;
            try (BatchLoader loader = new BatchLoader(images.train(), SHAPE, Augmentation.NONE, 4, 1, steps, 0, 2)) {
                for (long i = 0; i < steps; i++) {
                    try (Batch batch = loader.next()) {
                        count += batch.size();
                        for (long c : batch.classes()) {
                            seen[(int) c]++;
                        }
                    }
                }
            }
            assertThat(count).isEqualTo(size);
            for (int c = 0; c < 3; c++) {
                int index = c;
                assertThat(seen[c])
                        .isEqualTo(images.train().examples().stream()
                                .filter(example -> example.classIndex() == index)
                                .count());
            }
        }
    }

    @Test
    void listsUnreadableImagesAndTrainsWithTheRest() throws IOException {
        Files.writeString(folder.resolve("down/torn.png"), "not a picture");
        List<String> bad = new ArrayList<>();
        try (TrainingImages images = images(0, 1, bad)) {
            assertThat(bad).containsExactly("down/torn.png");
            assertThat(images.unreadable()).isEqualTo(1);
            assertThat(images.train().size() + images.heldOut().size()).isEqualTo(18);
        }
        assertThatThrownBy(() -> images(0, 0, new ArrayList<>()))
                .isInstanceOf(TrainingDataException.class)
                .hasMessage("1 of 19 images cannot be read (listed above), --max-bad allows 0");
    }

    @Test
    void refusesAClassOfWhichNoImageCanBeRead() throws IOException {
        for (int i = 0; i < 6; i++) {
            Files.writeString(folder.resolve("down/" + i + ".png"), "not a picture");
        }
        assertThatThrownBy(() -> images(0, 100, new ArrayList<>()))
                .isInstanceOf(TrainingDataException.class)
                .hasMessage("no image of the class 'down' can be read");
    }

    @Test
    void saysWhichImageWentAwayWhileTraining() throws IOException {
        try (TrainingImages images = images(0, 0, new ArrayList<>())) {
            for (String name : DrawnClasses.NAMES) {
                for (int i = 0; i < 6; i++) {
                    Files.delete(folder.resolve(name).resolve(i + ".png"));
                }
            }
            try (BatchLoader loader = new BatchLoader(images.train(), SHAPE, Augmentation.NONE, 4, 1, 2, 0, 1)) {
                assertThatThrownBy(loader::next)
                        .isInstanceOf(TrainingDataException.class)
                        .hasMessageContaining("could be read before, and now cannot");
            }
        }
    }
}
