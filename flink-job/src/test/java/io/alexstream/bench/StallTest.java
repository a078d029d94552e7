package io.alexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alexstream.bench.Stall.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallTest {

    private static final List<Window> SWAP = List.of(new Window(2000, 3000));

    @Test
    void tellsTheSecondsAroundASwapFromTheQuietOnes() {
        List<Journey> journeys = new ArrayList<>();
        for (int begin = 0; begin < 5000; begin += 10) {
            journeys.add(new Journey(begin, begin + (begin >= 2000 && begin <= 3000 ? 400 : 100)));
        }

        Stall stall = Stall.of(journeys, SWAP);

        assertThat(stall.p99Around()).isEqualTo(400);
        assertThat(stall.p99Quiet()).isEqualTo(100);
        assertThat(stall.ratio()).isEqualTo(4);
        // From the last of the quick ones, at 2090, to the first of the slow ones, at 2400.
        assertThat(stall.gapAround()).isEqualTo(310);
        assertThat(stall.gapQuiet()).isEqualTo(10);
    }

    @Test
    void countsAnImageThatWasOnItsWayWhenTheSwapBegan() {
        Stall stall = Stall.of(List.of(new Journey(0, 100), new Journey(1990, 2100)), SWAP);

        assertThat(stall.around()).isOne();
        assertThat(stall.p99Around()).isEqualTo(110);
    }

    @Test
    void refusesToCompareWithNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stall.of(List.of(new Journey(0, 100)), SWAP))
                .withMessageContaining("measure longer");
    }
}
