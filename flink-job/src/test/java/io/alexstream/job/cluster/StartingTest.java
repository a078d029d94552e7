package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartingTest {

    private final List<String> closed = new ArrayList<>();

    private final AutoCloseable stubborn = () -> {
        closed.add("stubborn");
        throw new IOException("does not close");
    };

    @Test
    void closesNothingWhereTheStartSucceeds() throws Exception {
        assertThat(Starting.orClose(() -> 1, stubborn)).isEqualTo(1);
        assertThat(closed).isEmpty();
    }

    @Test
    void closesAllWhereTheStartFails() {
        assertThatThrownBy(() -> Starting.orClose(
                        () -> {
                            throw new AssertionError("does not start");
                        },
                        stubborn,
                        () -> closed.add("other")))
                .hasMessage("does not start")
                .satisfies(e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(IOException.class));
        assertThat(closed).containsExactly("stubborn", "other");
    }
}
