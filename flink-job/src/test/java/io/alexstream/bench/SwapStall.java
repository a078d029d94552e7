package io.alexstream.bench;

import io.alexstream.bench.SwapStretch.Speed;
import io.alexstream.contract.ModelRef;
import io.alexstream.demo.HotSwap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * What images notice while the model is swapped under them: two AlexNets take turns in a job that has as much to do as it
 * comfortably can. At-least-once, as in {@link Latency}. Confined to one thread; one of its own publishes.
 */
final class SwapStall {

    /** Of the rate that the job sustains. */
    static final double SHARE = 0.7;

    /** Between them is asked anew what the job sustains and what a batch takes: a machine may halve its speed in a minute. */
    static final int STRETCHES = 10;

    /** With those that do not count. */
    private static final int MOST_STRETCHES = 18;

    /** In one stretch. */
    static final int SWAPS = 2;

    private static final int SLOTS = 2;

    /**
     * Of single images, each a request of its own, before anything counts: in three runs the latency fell for 90 to 110 s, also
     * after two minutes at full load, where a request holds many images. The first stretch warms up as well: in two runs Java's
     * compiler took 100 to 250 ms a second in the first swaps beside images, and 20 to 50 ms in later ones.
     */
    private static final double WARM_UP_SECONDS = 180;

    private static final int BATCHES_TIMED = 5;

    private SwapStall() {}

    static void measure(Setting setting) throws Exception {
        ModelRef first = setting.work().model();
        ModelRef second = setting.work().nextVersion(setting.options().directory());
        try (JobRun job = JobRun.swappable(
                        setting.kafka(),
                        setting.work(),
                        setting.options().directory(),
                        "swap",
                        SLOTS,
                        DeliveryGuarantee.AT_LEAST_ONCE);
                BareLoop loop = new BareLoop(setting.work())) {
            loop.batchMillis(2); // warms up
            Latency.sustained(job, 8 * BareLoop.BATCH);
            job.swap(first, second);
            HotSwap idle = job.swap(second, first);
            Machine machine = new Machine(setting.kafka());
            warmUp(job, SHARE * Latency.sustained(job, setting.frames(45)));
            List<SwapStretch> stretches = new ArrayList<>();
            System.out.println(SwapStallReport.COLUMNS);
            Speed before = speed(setting, job, loop);
            for (int counted = 0; counted < STRETCHES && stretches.size() < MOST_STRETCHES; ) {
                List<HotSwap> swaps = new ArrayList<>();
                List<Journey> journeys = flow(setting, job, SHARE * before.sustained(), first, second, swaps);
                Speed after = speed(setting, job, loop);
                SwapStretch stretch = new SwapStretch(journeys, swaps, before, after, stretches.isEmpty());
                stretches.add(stretch);
                counted += stretch.counts() ? 1 : 0;
                System.out.println(SwapStallReport.row(stretches.size(), stretch));
                before = after;
            }
            SwapStallReport.write(setting, stretches, idle, machine.noise());
        }
    }

    private static Speed speed(Setting setting, JobRun job, BareLoop loop) {
        double sustained = Latency.sustained(job, setting.frames(25));
        return new Speed(sustained, loop.batchMillis(BATCHES_TIMED));
    }

    private static void warmUp(JobRun job, double rate) {
        System.out.printf(Locale.ROOT, "warming up for %.0f s%n", WARM_UP_SECONDS);
        long begin = System.nanoTime();
        try (AppendTimes outputs = job.outputs()) {
            int count = job.publish(rate, () -> System.nanoTime() - begin < WARM_UP_SECONDS * 1e9);
            outputs.awaitMillis(count, job::requireAlive);
        }
    }

    private static List<Journey> flow(
            Setting setting, JobRun job, double rate, ModelRef first, ModelRef second, List<HotSwap> swaps) {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        try (AppendTimes inputs = job.inputs();
                AppendTimes outputs = job.outputs()) {
            CompletableFuture<Integer> publishing = CompletableFuture.supplyAsync(
                    () -> job.publish(rate, goesOn::get), command -> new Thread(command, "publisher").start());
            // As long as a swap takes, so that both sides meet with as much of what else happens on a machine.
            double quiet = setting.options().seconds() / 2.0;
            try {
                pause(quiet);
                for (int i = 0; i < SWAPS; i++) {
                    job.requireAlive();
                    swaps.add(i % 2 == 0 ? job.swap(first, second) : job.swap(second, first));
                    System.out.printf(
                            Locale.ROOT,
                            "swap: %.1f s%n",
                            swaps.get(i).duration().toMillis() / 1e3);
                    pause(SwapStretch.AFTER_MILLIS / 1e3 + quiet);
                }
            } finally {
                goesOn.set(false);
            }
            return Journey.await(inputs, outputs, publishing.join(), job::requireAlive);
        }
    }

    private static void pause(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
