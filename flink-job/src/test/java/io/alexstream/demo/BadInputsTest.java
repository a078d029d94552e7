package io.alexstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ImageReferenceJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputsTest {

    @TempDir
    private Path folder;

    @Test
    void haveNamesOfTheirOwnAndFitKafka() throws IOException {
        Path root = Files.createDirectories(folder.resolve("pictures"));

        List<DemoInput> inputs = BadInputs.in(root);

        assertThat(inputs).hasSizeGreaterThan(18).extracting(DemoInput::name).doesNotHaveDuplicates();
        assertThat(inputs).allMatch(input -> input.value() == null || input.value().length < 1_000_000);
        assertThat(inputs)
                .filteredOn(input -> input.expected().reasons().isEmpty())
                .hasSize(1);
    }

    @Test
    void pixelBombIsSmallAndSaysItIsHuge() throws IOException {
        byte[] bomb = HostileFiles.pngBomb(60_000);

        assertThat(bomb.length).isLessThan(1000);
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bomb))) {
            reader.setInput(in);
            assertThat(reader.getWidth(0)).isEqualTo(60_000);
        } finally {
            reader.dispose();
        }
    }

    @Test
    void scanBombRepeatsItsLastScan() throws IOException {
        byte[] bomb = HostileFiles.scanBomb(2_000);

        int scans = 0;
        for (int i = 0; i + 1 < bomb.length; i++) {
            if ((bomb[i] & 0xFF) == 0xFF && (bomb[i + 1] & 0xFF) == 0xDA) {
                scans++;
            }
        }
        assertThat(scans).isGreaterThan(2_000);
        assertThat(bomb.length).isLessThan(2_000_000);
    }

    @Test
    void farFutureReferenceIsWellFormed() throws IOException {
        DemoInput future = BadInputs.in(Files.createDirectories(folder.resolve("pictures"))).stream()
                .filter(input -> input.name().equals("odd/year-9999"))
                .findFirst()
                .orElseThrow();

        assertThat(ImageReferenceJson.parse(future.value(), "", null).timestamp())
                .hasToString("9999-12-31T23:59:59Z");
    }
}
