package io.alexstream.model.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionDirectoryTest {

    private static final int CLAIMERS = 4;
    private static final int ROUNDS = 100;

    @TempDir
    private Path repository;

    /** All claim at the same moment, a hundred times: each number is given once. */
    @Test
    void givesEachNumberOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CLAIMERS);
        CyclicBarrier together = new CyclicBarrier(CLAIMERS);
        Callable<List<Integer>> claimer = () -> {
            List<Integer> claimed = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                together.await();
                claimed.add(VersionDirectory.claim(repository, "tiny").version());
            }
            return claimed;
        };
        List<Integer> versions = new ArrayList<>();
        for (Future<List<Integer>> claimed : pool.invokeAll(List.of(claimer, claimer, claimer, claimer))) {
            versions.addAll(claimed.get());
        }
        pool.shutdown();
        assertThat(versions)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, CLAIMERS * ROUNDS).boxed().toList());
    }
}
