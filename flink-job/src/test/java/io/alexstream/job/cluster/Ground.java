package io.alexstream.job.cluster;

import io.alexstream.contract.ModelRef;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where faults strike: a job under load on a cluster, and the dice. Confined to one thread.
 *
 * @param random decides what a fault leaves open
 */
record Ground(TestCluster cluster, DeployedJob job, SplittableRandom random) {

    /** About what a swap to a tiny model takes, from the update to the report that it serves. */
    private static final int SWAP_MILLIS = 250;

    /** Publishes another model version, and returns while the swap is in flight: before it loads, while, or as it flips. */
    ModelRef swap() throws Exception {
        ModelRef next = publishNext();
        park(TimeUnit.MILLISECONDS.toNanos(random.nextInt(SWAP_MILLIS)));
        return next;
    }

    private ModelRef publishNext() throws Exception {
        ModelRef next = cluster.shelf().next();
        job.publish(next);
        return next;
    }

    /**
     * Stops the job with a savepoint and restores it. Flink's command line takes seconds before it stops anything, so one
     * update follows the other meanwhile. Returns the version of the last.
     */
    ModelRef rescale(int parallelism) throws Exception {
        FutureTask<String> savepoint = new FutureTask<>(job::stop);
        new Thread(savepoint, "stopping").start();
        ModelRef last = publishNext();
        while (!savepoint.isDone()) {
            park(TimeUnit.MILLISECONDS.toNanos(SWAP_MILLIS));
            last = publishNext();
        }
        job.resume(savepoint.get(), parallelism);
        return last;
    }

    /** Lets a fault last, between so many seconds and so many. */
    void last(int least, int most) {
        park(TimeUnit.SECONDS.toNanos(random.nextInt(least, most + 1)));
    }

    private static void park(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
