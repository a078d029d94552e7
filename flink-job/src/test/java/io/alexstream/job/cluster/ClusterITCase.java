package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The job as it is deployed: its jar, Flink's command line, a JobManager, two TaskManagers and a broker as processes. */
@Timeout(600)
final class ClusterITCase {

    private static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TestCluster("cluster").withTaskManagers(2);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void losesAndDoublesNothingThroughKillsAndARescaleWithSwapsInFlight() throws Exception {
        try (DeployedJob job = new DeployedJob(cluster, "faults", List.of())) {
            Rounds rounds = Rounds.play(
                    new Ground(cluster, job, new SplittableRandom(1)),
                    List.of(Fault.TASK_MANAGER_KILLED, Fault.BROKER_KILLED, Fault.RESCALED));

            System.out.println(rounds.table());
            assertThat(rounds.doubled()).isZero();
            assertThat(rounds.results()).isEqualTo(rounds.images());
        }
    }
}
