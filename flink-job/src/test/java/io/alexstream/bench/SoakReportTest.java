package io.alexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    @Test
    void callsFlatWhatWandersAndTellsWhatGrows() {
        List<String> lines = SoakReport.lines(
                IntStream.range(0, 300)
                        .mapToObj(i -> new MemorySample(2 * i, 160L * i, 3000 + i % 7, 30 + 0.01 * i, i % 50))
                        .toList(),
                17);

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("| Resident").endsWith("| flat |"));
        // 0.01 MiB each 2 s are 2.2 MiB in 7.5 minutes, of 30.
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| Direct")
                        .contains("+2.2 MiB")
                        .endsWith("| **grows** |"));
        assertThat(lines.get(0)).contains("80.0 images a second", "read 17 answers");
    }

    @Test
    void callsNoGrowthWhatComesOnceWithAnotherRate() {
        List<String> lines = SoakReport.lines(
                IntStream.range(0, 300)
                        .mapToObj(i -> new MemorySample(2 * i, 160L * i, 3000, i < 150 ? 84.4 : 86 + 0.1 * (i % 2), 10))
                        .toList(),
                17);

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("| Direct").endsWith("| flat |"));
    }

    @Test
    void slowsTheSinkInTheThirdQuarterOnly() {
        assertThat(IntStream.range(0, 600).filter(second -> Soak.isSlow(second, 600)))
                .hasSize(150)
                .startsWith(300)
                .endsWith(449);
    }
}
