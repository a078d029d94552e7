package io.alexstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.alexstream.contract.ImageReference;
import io.alexstream.contract.ImageReferenceJson;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawnPicturesTest {

    @TempDir
    private Path folder;

    @Test
    void drawsPicturesThatAreAllDifferentAndDecodable() throws IOException {
        List<DemoInput> inputs = new DrawnPictures(folder, drawn -> {}).draw(84);

        Set<String> endings = new HashSet<>();
        Set<String> sizes = new HashSet<>();
        Set<Integer> contents = new HashSet<>();
        for (DemoInput input : inputs) {
            ImageReference reference = ImageReferenceJson.parse(input.value(), "", null);
            byte[] bytes = bytes(reference.uri());
            BufferedImage image = decode(bytes);
            endings.add(input.name().substring(input.name().lastIndexOf('.')));
            sizes.add(image.getWidth() + "x" + image.getHeight());
            contents.add(java.util.Arrays.hashCode(bytes));
            assertThat(input.expected()).isEqualTo(Expected.classification());
        }
        assertThat(inputs).hasSize(87);
        assertThat(endings).containsExactlyInAnyOrder(".jpg", ".png", ".gif", ".bmp", ".webp");
        assertThat(sizes).hasSizeGreaterThan(75);
        assertThat(contents).hasSize(87);
        assertThat(inputs).anyMatch(input -> input.name().startsWith("inline/"));
    }

    @ParameterizedTest
    @EnumSource(PictureKind.class)
    void drawsTheSamePictureAgain(PictureKind kind) throws IOException {
        byte[] first = kind.draw(Scene.FLOWER, 120, 80, 7);

        assertThat(kind.draw(Scene.FLOWER, 120, 80, 7)).isEqualTo(first);
        assertThat(kind.draw(Scene.FLOWER, 120, 80, 8)).isNotEqualTo(first);
    }

    @Test
    void drawsTransparencyAndPalettes() throws IOException {
        assertThat(decode(PictureKind.PNG_ALPHA.draw(Scene.BUBBLES, 64, 64, 1)).getRGB(0, 63) >>> 24)
                .isLessThan(16);
        assertThat(decode(PictureKind.PNG_PALETTE.draw(Scene.BUBBLES, 64, 64, 1))
                        .getType())
                .isEqualTo(BufferedImage.TYPE_BYTE_INDEXED);
        assertThat(decode(PictureKind.JPEG_GRAY.draw(Scene.BUBBLES, 64, 64, 1))
                        .getColorModel()
                        .getNumComponents())
                .isOne();
    }

    private static byte[] bytes(String uri) throws IOException {
        return uri.startsWith("data:")
                ? Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1))
                : Files.readAllBytes(Path.of(URI.create(uri)));
    }

    private static BufferedImage decode(byte[] bytes) throws IOException {
        if (bytes[0] != 'R') {
            return ImageIO.read(new ByteArrayInputStream(bytes));
        }
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }
}
