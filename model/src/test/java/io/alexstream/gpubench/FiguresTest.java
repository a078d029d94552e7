package io.alexstream.gpubench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.alexstream.batching.CloseReason;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.TopK;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What becomes of measured numbers. */
class FiguresTest {

    @Test
    void percentilesAreValuesThatWereMeasured() {
        Timing timing = Timing.of(
                LongStream.rangeClosed(1, 200).map(i -> i * 1_000_000).boxed().toList());

        assertThat(timing.runs()).isEqualTo(200);
        assertThat(timing.p50Millis()).isEqualTo(100);
        assertThat(timing.p99Millis()).isEqualTo(198);
        assertThat(timing.meanMillis()).isCloseTo(100.5, within(1e-9));
        assertThat(timing.imagesPerSecond(64)).isCloseTo(64 / 0.1005, within(1e-6));
    }

    @Test
    void ofFewRunsTheSlowestIsThe99thPercentile() {
        assertThat(Timing.of(List.of(3_000_000L, 1_000_000L)).p99Millis()).isEqualTo(3);
    }

    @Test
    void operatorsRowSaysItsShareOfTheBareLoop() {
        List<LoopRow> bare = List.of(LoopRow.of(Precision.TF32, 8, Timing.of(List.of(10_000_000L))));
        LoopRow operator = new LoopRow(Precision.TF32, 8, 760, Timing.of(List.of(10_000_000L)), null);
        LoopRow other = new LoopRow(Precision.FP32, 8, 760, Timing.of(List.of(10_000_000L)), null);

        assertThat(operator.against(bare).ofBare()).isCloseTo(0.95, within(1e-9));
        assertThat(other.against(bare).ofBare()).isNull();
        assertThat(other.cells()).hasSameSizeAs(LoopRow.TITLES);
    }

    @Test
    void theRateCountsFromTheFirstBatchsEndToTheLastFullOnes() {
        BatchTimes times = new BatchTimes();
        for (int size : new int[] {8, 8, 8, 3}) {
            times.batchRun(size, CloseReason.FULL, 1_000_000, 0);
        }

        BatchTimes.Rate rate = times.rate(8);

        assertThat(rate.meanBatch()).isEqualTo(8);
        assertThat(rate.timing().runs()).isEqualTo(2);
        assertThat(rate.imagesPerSecond()).isPositive();
        assertThat(times.count(8)).isEqualTo(3);
    }

    @Test
    void answersWithinTheToleranceHold() {
        TopK cpu = new TopK(1, 2, new float[] {0.6f, 0.3f}, new long[] {4, 7});
        TopK close = new TopK(1, 2, new float[] {0.601f, 0.299f}, new long[] {4, 7});
        TopK swapped = new TopK(1, 2, new float[] {0.6f, 0.3f}, new long[] {7, 4});
        TopK none = new TopK(1, 2, new float[] {Float.NaN, Float.NaN}, new long[] {4, 7});

        assertThat(compare(cpu, close).holds()).isTrue();
        assertThat(compare(cpu, swapped).holds()).isFalse();
        assertThat(compare(cpu, swapped).largestDifference()).isCloseTo(0.3, within(1e-6));
        assertThat(compare(cpu, none).holds()).isFalse();
    }

    @Test
    void classesThatAreAsGoodAsEachOtherMayChangePlaces() {
        TopK cpu = new TopK(1, 2, new float[] {0.5f, 0.499f}, new long[] {4, 7});
        TopK device = new TopK(1, 2, new float[] {0.5f, 0.499f}, new long[] {7, 4});

        assertThat(compare(cpu, device).firstClasses()).isZero();
        assertThat(compare(cpu, device).holds()).isTrue();
    }

    private static Numerics compare(TopK cpu, TopK device) {
        return Numerics.compare(Precision.TF32, 1, 0.01, List.of(cpu), List.of(device));
    }

    @Test
    void memoryIsFlatWithinATwentiethFromTheTenthSwapOn() {
        assertThat(new SwapRounds(100, 1, 1, 900L, 1000L, 1050L).isFlat()).isTrue();
        assertThat(new SwapRounds(100, 1, 1, 900L, 1000L, 1051L).isFlat()).isFalse();
        assertThat(new SwapRounds(100, 1, 1, null, null, null).isFlat()).isNull();
        assertThat(new SwapRounds(100, 1, 1, null, null, null).cells()).hasSameSizeAs(SwapRounds.TITLES);
    }

    @Test
    void readsWhatDriverAndSystemSayOfMemory() {
        assertThat(DeviceMemory.number("1234")).isEqualTo(1234);
        assertThat(DeviceMemory.number("[N/A]")).isNull();
        assertThat(DeviceMemory.residentMegabytes(List.of("Name:\tjava", "VmRSS:\t  204800 kB")))
                .isEqualTo(200);
        assertThat(DeviceMemory.of(new Device(ExecutionProvider.CPU, 0, 1)).megabytes())
                .isPositive();
    }

    @Test
    void numbersStandRightAndTextLeft() {
        List<String> lines = Table.lines(
                "Title", List.of("batch", "why"), List.of(List.of("1", "weights"), List.of("128", "computing")));

        assertThat(lines).containsExactly("", "Title", "batch  why", "    1  weights", "  128  computing");
    }

    @Test
    void partsAreNamesWithCommas() {
        assertThat(Part.parse("bare, swaps")).containsExactly(Part.BARE, Part.SWAPS);
        assertThatIllegalArgumentException().isThrownBy(() -> Part.parse("bare,swap"));
    }

    @Test
    void everyPowerOfTwoAndTheMaximumAreAllowed() {
        assertThat(Serving.allowedSizes(1)).containsExactly(1);
        assertThat(Serving.allowedSizes(48)).containsExactly(1, 2, 4, 8, 16, 32, 48);
    }
}
