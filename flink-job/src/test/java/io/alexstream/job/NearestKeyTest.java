package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestKeyTest {

    private static final List<String> KEYS = List.of("batch.linger", "batch.max-size", "output.top-k", "job.name");

    @ParameterizedTest
    @CsvSource({
        "batch.linger, batch.linger",
        "batch.maxSize, batch.max-size",
        "top-k, ",
        "output.topk, output.top-k",
        "jobname, job.name",
        "name, ",
        "'', "
    })
    void findsWhatWasMeantOrNothing(String typed, String meant) {
        assertThat(NearestKey.to(typed, KEYS).orElse(null)).isEqualTo(meant);
    }
}
