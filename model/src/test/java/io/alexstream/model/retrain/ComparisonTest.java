package io.alexstream.model.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.model.data.LabelledImage;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.data.TrainingSet.Example;
import io.alexstream.model.evaluate.RedPackages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    @TempDir
    private Path folder;

    private final List<Example> heldOut = new ArrayList<>();

    @BeforeEach
    void draw() throws IOException {
        for (int i = 0; i < 200; i++) {
            Path file = folder.resolve(i + ".png");
            if (i == 0) {
                ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
            } else {
                Files.copy(folder.resolve("0.png"), file);
            }
            heldOut.add(new Example(new LabelledImage(i + ".png", file.toUri().toString(), "by its id"), 0));
        }
    }

    private Comparison.Pair compare() throws IOException {
        TrainingSet set = new TrainingSet(List.of("class 0", "class 1"), List.of(), heldOut);
        return new Comparison(new RedPackages(), 2, (done, total) -> {})
                .of(RedPackages.of(1, 8, 8), RedPackages.of(2, 8, 8), set, List.of(folder + "/"));
    }

    @Test
    void asksForTheClassThatTheSetGaveAnImage() throws IOException {
        assertThat(compare().candidate().top1()).isEqualTo(1);
    }

    @Test
    void comparesOnWhatIsLeftOfAFewAndRefusesToOnAHandful() throws IOException {
        Files.delete(folder.resolve("3.png"));
        Files.delete(folder.resolve("7.png"));
        Comparison.Pair pair = compare();
        assertThat(pair.served().images()).isEqualTo(198);
        assertThat(pair.unreadable()).hasSize(2).first().asString().startsWith("left out of the comparison 3.png: ");
        Files.delete(folder.resolve("9.png"));
        assertThatThrownBy(this::compare)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("only 197 of 200 held-out images can be read now");
    }
}
