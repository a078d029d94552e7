package io.alexstream.gpubench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorTest {

    private static final Ceilings CEILINGS =
            new Ceilings(Map.of(Precision.FP32, 50e12, Precision.TF32, 400e12), 4e12, 25e9, 0.05, Map.of(128, 0.85));

    /** AlexNet with 1000 classes: DESIGN's 2.27 GFLOP, 154,587 bytes and 250 MB. */
    private static Floor alexNet(int batch, Precision precision) {
        return Floor.of(batch, 154_587, 1_135_256_096L, 250_000_000, precision, CEILINGS);
    }

    @Test
    void floorOfALargeBatchIsCopyAndComputing() {
        Floor floor = alexNet(128, Precision.FP32);

        assertThat(floor.copy()).isCloseTo(128 * 154_587 / 25e9 * 1e3, within(1e-9));
        assertThat(floor.compute()).isCloseTo(128 * 2.270512192e9 / 50e12 * 1e3, within(1e-9));
        assertThat(floor.weights()).isCloseTo(0.0625, within(1e-9));
        assertThat(floor.oneSession()).isCloseTo(floor.copy() + floor.compute(), within(1e-9));
        assertThat(floor.severalSessions()).isEqualTo(floor.compute());
    }

    @Test
    void singleImageWaitsForTheWeights() {
        Floor floor = alexNet(1, Precision.TF32);

        assertThat(floor.math()).isEqualTo(floor.weights());
        assertThat(floor.oneSession()).isCloseTo(0.0625 + 154_587 / 25e9 * 1e3, within(1e-9));
    }

    @Test
    void withoutMultiplyAddsOnlyCopyAndWeightsCount() {
        Floor floor = Floor.of(128, 154_587, null, 250_000_000, Precision.FP32, CEILINGS);

        assertThat(floor.compute()).isNull();
        assertThat(floor.math()).isEqualTo(floor.weights());
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 2.0, 0.1, 0.1, 3.2, near the floor: computing",
        "2.0, 1.0, 0.1, 0.1, 3.2, near the floor: copying",
        "0.1, 0.2, 1.0, 0.1, 1.3, near the floor: reading the weights",
        "1.0, 2.0, 0.1, 0.1, 2.0, faster than the ceilings: these were measured on a busier machine",
        "0.1, 0.1, 0.1, 5.0, 5.4, the run's own overhead",
        "0.1, 0.5, 0.1, 0.1, 9.0, layers below a large product's rate",
        "1.0, 2.0, 0.1, 0.1, 5.0, 'both: computing, and layers below a large product''s rate'",
    })
    void saysWhereTheTimeWent(
            double copy, double compute, double weights, double launch, double reached, String reason) {
        assertThat(new Floor(copy, compute, weights, launch).reason(reached)).isEqualTo(reason);
    }

    @Test
    void sharesAreOfWhatWasReached() {
        Timing timing = Timing.of(List.of(4_000_000L, 4_000_000L));
        LoopRow bare = LoopRow.of(Precision.TF32, 128, timing);
        Setting setting = Settings.of(128, 154_587, 1_135_256_096L, 250_000_000);

        FloorRow row = FloorRow.of(setting, CEILINGS, List.of(bare)).get(0);

        assertThat(row.share()).isCloseTo(row.floorMillis() / 4, within(1e-9));
        // The copy alone took 0.85 ms, of which 0.05 is any run's.
        assertThat(row.copyShare()).isCloseTo(0.2, within(1e-9));
        assertThat(row.cells()).hasSameSizeAs(FloorRow.TITLES);
    }

    @Test
    void noiseGivesNoCeiling() {
        assertThat(Ceilings.rate(10, 2)).isEqualTo(5);
        assertThatThrownBy(() -> Ceilings.rate(10, -0.001))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("--cell");
    }
}
