package io.alexstream.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterSheetsTest {

    @Test
    void drawsEachFilterFromItsOwnLargestWeightOn() {
        // Filters of one row and two pixels: red, green, blue planes.
        float[] values = {0.5f, 0, 0, 0, 0, -0.5f, /* the second */ 0, 0, 4, 0, 2, 0};
        BufferedImage sheet = FilterSheets.draw(values, List.of(2, 3, 1, 2));
        assertThat(sheet.getWidth()).isEqualTo(5);
        assertThat(sheet.getHeight()).isEqualTo(1);
        assertThat(Integer.toHexString(sheet.getRGB(0, 0))).isEqualTo("ffff8080");
        assertThat(Integer.toHexString(sheet.getRGB(1, 0))).isEqualTo("ff808000");
        assertThat(sheet.getRGB(2, 0) >>> 24).as("between filters").isZero();
        assertThat(Integer.toHexString(sheet.getRGB(3, 0))).isEqualTo("ff80ffbf");
        assertThat(Integer.toHexString(sheet.getRGB(4, 0))).isEqualTo("ff808080");
    }

    @Test
    void alexNetsMakeSixRowsOfSixteen() {
        BufferedImage sheet = FilterSheets.draw(new float[96 * 363], List.of(96, 3, 11, 11));
        assertThat(sheet.getWidth()).isEqualTo(16 * 12 - 1);
        assertThat(sheet.getHeight()).isEqualTo(6 * 12 - 1);
    }
}
