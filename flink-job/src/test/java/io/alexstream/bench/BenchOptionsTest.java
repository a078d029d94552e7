package io.alexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BenchOptionsTest {

    @Test
    void emptyValuesAreThoseThatNobodyGave() {
        BenchOptions options = BenchOptions.parse("--parts=", "--seconds=", "--rounds=2");

        assertThat(options.parts()).containsExactly("throughput", "fill", "latency", "swap", "jmh");
        assertThat(options.seconds()).isEqualTo(20);
        assertThat(options.rounds()).isEqualTo(2);
    }

    @Test
    void unknownPartIsRefusedBeforeAnythingIsMeasured() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchOptions.parse("--parts=fill,throughputs"))
                .withMessageContaining("throughputs")
                .withMessageContaining("latency");
    }

    @Test
    void lengthThatIsNoNumberIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchOptions.parse("--seconds=0"))
                .withMessageContaining("-Dbench.seconds");
    }
}
