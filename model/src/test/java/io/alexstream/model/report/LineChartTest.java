package io.alexstream.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {

    private static LineChart.Line line(Double... y) {
        return new LineChart.Line("a", "one", List.of(1.0, 2.0), List.of(y));
    }

    @Test
    void theAxisEndsAtARoundNumberThatNoValuePasses() {
        String svg = new LineChart("t", false, "epoch", List.of(line(2.3, 1.0))).svg();
        assertThat(svg).contains(">2.5</text>", ">0</text>").doesNotContain(">5</text>");
        assertThat(svg).contains("points=\"44.0,28.3 468.0,134.4 \"");
    }

    @Test
    void theAxisHasNoEmptySteps() {
        String svg = new LineChart("t", false, "epoch", List.of(line(2.8, 1.0))).svg();
        assertThat(svg).contains(">3</text>").doesNotContain(">4</text>");
    }

    @Test
    void sharesArePercent() {
        String svg = new LineChart("t", true, "epoch", List.of(line(0.05, 1.0))).svg();
        assertThat(svg).contains(">25&thinsp;%</text>", ">100&thinsp;%</text>", "epoch 1: 5&thinsp;%");
    }

    @Test
    void aValueThatIsNoNumberStaysOnTheChart() {
        String svg = new LineChart("t", false, "epoch", List.of(line(Double.NaN, 1.0))).svg();
        assertThat(svg).contains("points=\"44.0,12.0 468.0,12.0 \"");
    }
}
