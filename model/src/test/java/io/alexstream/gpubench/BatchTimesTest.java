package io.alexstream.gpubench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.batching.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchTimesTest {

    private final BatchTimes times = new BatchTimes();

    private int rounds;

    private void batchOf(int size) {
        rounds++;
        times.batchRun(size, CloseReason.FULL, 1_000_000, 0);
    }

    @Test
    void repeatsUntilFourBatchesWereFull() throws Exception {
        times.repeatUntilEnough(8, () -> batchOf(rounds % 2 == 0 ? 8 : 3));

        assertThat(rounds).isEqualTo(7);
    }

    @Test
    void givesUpWhereBatchesNeverFill() {
        assertThatThrownBy(() -> times.repeatUntilEnough(8, Duration.ofMillis(1), () -> batchOf(3)))
                .isInstanceOf(BenchException.class)
                .hasMessageStartingWith("0 batches of 8 ran within")
                .hasMessageContaining("--batches");
    }
}
