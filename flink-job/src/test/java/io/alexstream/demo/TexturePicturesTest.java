package io.alexstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ImageLabel;
import io.alexstream.contract.ImageReference;
import io.alexstream.contract.ImageReferenceJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TexturePicturesTest {

    @TempDir
    private Path folder;

    @Test
    void noPictureOfTheStreamIsAmongThoseToLearnFrom() throws IOException {
        AtomicInteger drawn = new AtomicInteger();
        TexturePictures pictures = new TexturePictures(folder, drawn::incrementAndGet);

        List<DemoInput> stream = pictures.references("stream", 30);
        List<ImageLabel> labels = pictures.labels("labelled", 30);

        Set<Integer> contents = new HashSet<>();
        for (DemoInput input : stream) {
            ImageReference reference = ImageReferenceJson.parse(input.value(), "", null);
            contents.add(Arrays.hashCode(Files.readAllBytes(Path.of(URI.create(reference.uri())))));
        }
        for (ImageLabel label : labels) {
            contents.add(Arrays.hashCode(Files.readAllBytes(Path.of(URI.create(label.uri())))));
        }
        assertThat(contents).hasSize(60);
        assertThat(drawn).hasValue(60);
    }

    @Test
    void namesSayWhatPicturesShow() {
        TexturePictures pictures = new TexturePictures(folder, () -> {});

        assertThat(TexturePictures.truths(pictures.references("stream", 20)).values())
                .containsOnly(
                        Arrays.stream(Texture.values()).map(Texture::label).toArray(String[]::new));
        assertThat(pictures.labels("labelled", 10))
                .allSatisfy(label -> assertThat(label.uri()).contains("/labelled/" + label.label() + "/"));
    }
}
