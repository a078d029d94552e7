package io.alexstream.job.cluster;

import io.alexstream.contract.ModelRef;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where faults strike: a job under load on a cluster, and the dice. Confined to one thread.
 *
 * @param random decides what a fault leaves open
 */
record Ground(TestCluster cluster, DeployedJob job, SplittableRandom random) {

    /** Publishes another model version; the fault that follows meets the swap in flight. */
    ModelRef swap() throws Exception {
        ModelRef next = cluster.shelf().next();
        job.publish(next);
        return next;
    }

    /** Lets a fault last, between so many seconds and so many. */
    void last(int least, int most) {
        long nanos = TimeUnit.SECONDS.toNanos(random.nextInt(least, most + 1));
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
