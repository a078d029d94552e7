package io.alexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alexstream.bench.Stall.Stretch;
import io.alexstream.bench.Stall.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallTest {

    private static final List<Window> SWAP = List.of(new Window(2000, 3000));
    private static final double BATCH = 10;

    @Test
    void tellsTheSecondsAroundASwapFromTheQuietOnes() {
        Stall stall = Stall.of(List.of(stretch(1)));

        assertThat(stall.p99Around()).isEqualTo(40);
        assertThat(stall.p99Quiet()).isEqualTo(10);
        assertThat(stall.ratio()).isEqualTo(4);
        // From the last of the quick ones, at 2090, to the first of the slow ones, at 2400.
        assertThat(stall.gapAround()).isEqualTo(31);
        assertThat(stall.gapQuiet()).isEqualTo(1);
    }

    @Test
    void comparesByWhatABatchTookThen() {
        Stall fast = Stall.of(List.of(stretch(1)));
        Stall both = Stall.of(List.of(stretch(1), stretch(3)));

        assertThat(both.around()).isEqualTo(2 * fast.around());
        assertThat(both.p99Around()).isEqualTo(fast.p99Around());
        assertThat(both.p99Quiet()).isEqualTo(fast.p99Quiet());
        assertThat(both.gapAround()).isEqualTo(fast.gapAround());
    }

    /** On a machine that is so many times slower. */
    private static Stretch stretch(int slowness) {
        List<Journey> journeys = new ArrayList<>();
        for (int begin = 0; begin < 5000; begin += 10) {
            int wait = begin >= 2000 && begin <= 3000 ? 400 : 100;
            journeys.add(new Journey((long) begin * slowness, (long) (begin + wait) * slowness));
        }
        Window swap = new Window(2000L * slowness, 3000L * slowness);
        return new Stretch(journeys, List.of(swap), BATCH * slowness);
    }

    @Test
    void countsAnImageThatWasOnItsWayWhenTheSwapBegan() {
        Stall stall =
                Stall.of(List.of(new Stretch(List.of(new Journey(0, 100), new Journey(1990, 2100)), SWAP, BATCH)));

        assertThat(stall.around()).isOne();
        assertThat(stall.p99Around()).isEqualTo(11);
    }

    @Test
    void refusesToCompareWithNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stall.of(List.of(new Stretch(List.of(new Journey(0, 100)), SWAP, BATCH))))
                .withMessageContaining("measure longer");
    }
}
