package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.inference.ExecutionProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSizesTest {

    private static final List<Integer> ALLOWED = List.of(1, 8, 64, 100);

    @Test
    void cudaRunsABatchAtOnceAndPadsIt() {
        RunSizes sizes = new RunSizes(ALLOWED, 2);
        assertThat(sizes.part(ExecutionProvider.CUDA, 100, false)).isEqualTo(100);
        assertThat(sizes.padded(ExecutionProvider.CUDA, 65)).isEqualTo(100);
        assertThat(sizes.padded(ExecutionProvider.CUDA, 64)).isEqualTo(64);
        assertThat(sizes.warmUp(ExecutionProvider.CUDA)).isEqualTo(ALLOWED);
    }

    @Test
    void aCpuRunsEqualPartsOfAtMostTwentyFourOrTwelveAThreadAndPadsNone() {
        assertThat(parts(1, 24)).containsExactly(24);
        assertThat(parts(2, 25)).containsExactly(13, 12);
        assertThat(parts(2, 32)).containsExactly(16, 16);
        assertThat(parts(2, 100)).containsExactly(20, 20, 20, 20, 20);
        assertThat(parts(4, 48)).containsExactly(48);
        assertThat(parts(4, 100)).containsExactly(34, 33, 33);
        assertThat(parts(16, 100)).containsExactly(100);
        assertThat(new RunSizes(ALLOWED, 2).padded(ExecutionProvider.CPU, 9)).isEqualTo(9);
    }

    @Test
    void aCpuThatIsTheLimitRunsABatchAtOnce() {
        assertThat(new RunSizes(ALLOWED, 2).part(ExecutionProvider.CPU, 100, true))
                .isEqualTo(100);
    }

    @Test
    void aCpuWarmsUpTheSmallestAndTheLargestBatch() {
        assertThat(new RunSizes(ALLOWED, 2).warmUp(ExecutionProvider.CPU)).containsExactly(1, 100);
    }

    private static List<Integer> parts(int threads, int batch) {
        RunSizes sizes = new RunSizes(ALLOWED, threads);
        List<Integer> parts = new ArrayList<>();
        for (int left = batch; left > 0; ) {
            int part = sizes.part(ExecutionProvider.CPU, left, false);
            parts.add(part);
            left -= part;
        }
        return parts;
    }
}
