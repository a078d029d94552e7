package io.alexstream.model.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {

    @Test
    void spreadsEventsEvenlyFromTheStart() {
        Pacer pacer = Pacer.starting(1000, 50);

        assertThat(pacer.waitFor(0, 1000)).isZero();
        assertThat(pacer.waitFor(1, 1000)).isEqualTo(20_000_000);
        assertThat(pacer.waitFor(100, 1000)).isEqualTo(2_000_000_000);
    }

    @Test
    void makesUpForDelays() {
        Pacer pacer = Pacer.starting(0, 10);

        assertThat(pacer.waitFor(3, 900_000_000)).isNegative();
        assertThat(pacer.waitFor(10, 900_000_000)).isEqualTo(100_000_000);
    }

    @Test
    void takesFractions() {
        assertThat(Pacer.starting(0, 0.5).waitFor(1, 0)).isEqualTo(2_000_000_000);
    }

    @Test
    void neverWaitsWithoutARate() {
        assertThat(Pacer.starting(0, 0).waitFor(1_000_000, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e-9, 1e9})
    void refusesRatesThatMakeNoSense(double rate) {
        assertThatThrownBy(() -> Pacer.starting(0, rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rate must be 0 (no limit) or 0.0001 to 1000000, was ");
    }
}
