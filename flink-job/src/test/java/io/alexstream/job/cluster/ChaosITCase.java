package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Faults at random, as many as were asked for: {@code mvn -Pchaos verify -Drounds=N -Dseed=S}. The same seed brings the same
 * faults in the same order; when within a checkpoint they strike, nobody can repeat.
 */
@Tag("chaos")
final class ChaosITCase {

    private static final int ROUNDS = 50;

    @Test
    void losesAndDoublesNothing() throws Exception {
        int count = Integer.getInteger("alexstream.rounds", ROUNDS);
        long seed = Long.getLong("alexstream.seed", System.nanoTime());
        System.out.println("chaos: " + count + " rounds; again with -Drounds=" + count + " -Dseed=" + seed);
        try (TestCluster cluster = new TestCluster("chaos").withTaskManagers(2);
                DeployedJob job = new DeployedJob(cluster, "chaos", List.of("--image.fetch-retries=1"))) {
            Rounds rounds =
                    Rounds.play(new Ground(cluster, job, new SplittableRandom(seed)), faults(count, new Random(seed)));

            String report = "seed " + seed + "\n\n" + rounds.table();
            System.out.println(report);
            Files.writeString(Path.of(System.getProperty("alexstream.cluster"), "chaos.md"), report + "\n");
            assertThat(rounds.doubled()).isZero();
            assertThat(rounds.results()).isEqualTo(rounds.images());
        }
    }

    /** Every kind in turn, each time in another order: all equally often, and any after any. */
    private static List<Fault> faults(int count, Random random) {
        List<Fault> faults = new ArrayList<>();
        while (faults.size() < count) {
            List<Fault> all = new ArrayList<>(List.of(Fault.values()));
            Collections.shuffle(all, random);
            faults.addAll(all);
        }
        return faults.subList(0, count);
    }
}
