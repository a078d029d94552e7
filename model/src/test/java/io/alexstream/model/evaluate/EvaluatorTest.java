package io.alexstream.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.model.data.FrameReader;
import io.alexstream.model.data.LabelledImage;
import io.alexstream.serving.ModelPackage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {

    private static final Evaluator.Listener SILENT = (done, total) -> {};

    @TempDir
    private Path directory;

    private final RedPackages sessions = new RedPackages();
    private FrameReader reader;
    private Evaluator evaluator;

    @BeforeEach
    void open() {
        reader = new FrameReader(List.of(directory + "/"));
        evaluator = new Evaluator(reader, sessions, 2);
    }

    @AfterEach
    void everythingIsClosed() {
        reader.close();
        assertThat(sessions.open).isZero();
    }

    private static ModelPackage red(int version, int side) {
        return RedPackages.of(version, side, side);
    }

    /** All of one red. */
    private LabelledImage image(int red, String label) throws IOException {
        BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 320; i++) {
            image.setRGB(i % 20, i / 20, red << 16);
        }
        Path file = directory.resolve(red + ".png");
        ImageIO.write(image, "png", file.toFile());
        return new LabelledImage(red + ".png", file.toUri().toString(), label);
    }

    private List<LabelledImage> images(int count) throws IOException {
        List<LabelledImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int red = i + 20;
            images.add(image(red, "class " + red));
        }
        return images;
    }

    @Test
    void asksInBatchesAndKeepsTheOrder() throws IOException {
        List<Integer> told = new ArrayList<>();
        Evaluator.Result result = evaluator.evaluate(
                List.of(red(1, 8)), images(70), Crops.CENTER, (done, total) -> told.add(done * 1000 + total));
        assertThat(sessions.runs).containsExactly(32, 32, 6);
        assertThat(told).hasSize(70).first().isEqualTo(1070);
        assertThat(told.get(69)).isEqualTo(70070);
        List<Answer> answers = result.packages().get(0).answers();
        assertThat(answers)
                .extracting(answer -> answer.classes()[0])
                .containsExactlyElementsOf(IntStream.range(20, 90).boxed().toList());
        assertThat(result.packages().get(0).evaluation().top1()).isEqualTo(1);
    }

    @Test
    void asksTwoPackagesOfOtherFramesAboutTheSameImages() throws IOException {
        List<LabelledImage> images = new ArrayList<>(images(3));
        images.add(image(30, "class 31"));
        images.add(image(40, "no class"));
        Evaluator.Result result = evaluator.evaluate(List.of(red(1, 8), red(2, 12)), images, Crops.CENTER, SILENT);
        assertThat(sessions.runs).containsExactly(5, 5);
        assertThat(result.packages()).extracting(one -> one.model().version()).containsExactly(1, 2);
        for (PackageAnswers one : result.packages()) {
            assertThat(one.answers()).extracting(Answer::rank).containsExactly(0, 0, 0, 1, 3);
            assertThat(one.evaluation().top1()).isEqualTo(0.6);
            assertThat(one.evaluation().unknown()).containsExactly("no class");
        }
    }

    @Test
    void listsAndSkipsWhatCannotBeRead() throws IOException {
        List<LabelledImage> images = new ArrayList<>(images(2));
        Path broken = Files.writeString(directory.resolve("broken.png"), "no picture");
        images.add(1, new LabelledImage("broken.png", broken.toUri().toString(), "class 1"));
        Evaluator.Result result = evaluator.evaluate(List.of(red(1, 8)), images, Crops.CENTER, SILENT);
        assertThat(result.unreadable())
                .singleElement()
                .satisfies(one -> assertThat(one.image().key()).isEqualTo("broken.png"));
        assertThat(result.packages().get(0).answers()).hasSize(2);
        List<LabelledImage> bad = List.of(images.get(1));
        ModelPackage red = red(1, 8);
        assertThatThrownBy(() -> evaluator.evaluate(List.of(red), bad, Crops.CENTER, SILENT))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith("none of the 1 images can be read");
        assertThatThrownBy(() -> evaluator.evaluate(List.of(red), List.of(), Crops.CENTER, SILENT))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("there are no images to evaluate on");
    }

    @Test
    void tenCropsAreOneAnswer() throws IOException {
        Evaluator.Result result = evaluator.evaluate(List.of(red(1, 8)), images(7), Crops.TEN, SILENT);
        assertThat(sessions.runs).containsExactly(30, 30, 10);
        assertThat(result.packages().get(0).answers())
                .hasSize(7)
                .allSatisfy(answer -> assertThat(answer.probabilities()[0]).isEqualTo(0.75f));
    }

    @Test
    void refusesAGraphThatIsNotOfItsManifest() throws IOException {
        List<ModelPackage> packages = List.of(red(1, 8), RedPackages.of(2, 8, 12));
        List<LabelledImage> images = images(1);
        assertThatThrownBy(() -> evaluator.evaluate(packages, images, Crops.CENTER, SILENT))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("the graph takes 12 x 12 frames, the manifest says 8 x 8");
    }
}
