package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchLimitsTest {

    @Test
    void hasTheDefaultsOfTheJob() {
        assertThat(FetchLimits.ofDefaults())
                .isEqualTo(new FetchLimits(20_971_520, 524_288, Duration.ofSeconds(10), 0, 268_435_456));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, PT1S, 0, 10, maxBytes",
        "2147483640, 1, PT1S, 0, 3000000000, maxBytes",
        "5, 0, PT1S, 0, 10, maxInlineBytes",
        "5, 5, PT0S, 0, 10, timeout",
        "5, 5, PT-1S, 0, 10, timeout",
        "5, 5, PT25H, 0, 10, timeout",
        "5, 5, PT1S, -1, 10, retries",
        "11, 5, PT1S, 0, 10, memoryBudget",
        "5, 11, PT1S, 0, 10, memoryBudget"
    })
    void refusesWhatCannotWork(long bytes, long inline, Duration timeout, int retries, long budget, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FetchLimits(bytes, inline, timeout, retries, budget))
                .withMessageStartingWith(name)
                .withMessageContaining("was");
    }

    @Test
    void allowsABudgetOfExactlyOneImage() throws InterruptedException {
        FetchLimits limits = new FetchLimits(1025, 1, Duration.ofSeconds(1), 0, 1025);
        ByteBudget budget = new ByteBudget(limits.memoryBudget());

        budget.take(limits.maxBytes()).close();
    }
}
