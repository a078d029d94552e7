package io.alexstream.bench;

import io.alexstream.demo.EngineMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * Full load for minutes: does memory stay where it is? All the while a consumer falls behind, which costs the job nothing. In
 * the third quarter the sink is slow too, a quarter of its rate: then everything in the job fills up, since the source could go
 * on. Confined to one thread.
 */
final class Soak {

    private static final int SLOTS = 2;

    /** References that wait in the topic: more than the job takes between two looks. */
    private static final int AHEAD = 2000;

    private static final double SAMPLE_SECONDS = 2;

    private static final double SLOW_FROM = 0.5;
    private static final double SLOW_TO = 0.75;

    /** Of the rate that the sink had before. */
    private static final double SLOW_RATE = 0.25;

    private Soak() {}

    static void measure(Setting setting) throws Exception {
        String servers = setting.kafka().bootstrapServers();
        List<MemorySample> samples;
        long slowlyRead;
        Machine machine;
        try (JobRun job = JobRun.deployed(
                        setting.kafka(),
                        setting.work(),
                        setting.options().directory(),
                        "soak",
                        SLOTS,
                        DeliveryGuarantee.EXACTLY_ONCE);
                SlowReader slow = new SlowReader(servers, job.classificationsTopic());
                SinkQuota quota = new SinkQuota(servers)) {
            machine = new Machine(setting.kafka());
            samples = sample(job, slow, quota, 60.0 * setting.options().minutes());
            slowlyRead = slow.read();
        }
        SoakReport.write(setting, samples, slowlyRead, machine.noise());
    }

    private static List<MemorySample> sample(JobRun job, SlowReader slow, SinkQuota quota, double seconds)
            throws Exception {
        List<MemorySample> samples = new ArrayList<>();
        long before = EngineMetrics.sum("framesOut");
        long start = System.nanoTime();
        double second = 0;
        long published = 0;
        boolean isSlow = false;
        while (second < seconds) {
            long classified = EngineMetrics.sum("framesOut") - before;
            int more = (int) (classified + AHEAD - published);
            job.publish(more);
            published += more;
            job.requireAlive();
            boolean slowNow = isSlow(second, seconds);
            if (slowNow != isSlow) {
                quota.set(slowNow ? (Double) (Math.ceil(SLOW_RATE * slow.recordBytes() * classified / second)) : null);
                isSlow = slowNow;
            }
            samples.add(MemorySample.now(second, classified));
            LockSupport.parkNanos((long) (SAMPLE_SECONDS * 1e9));
            second = (System.nanoTime() - start) / 1e9;
        }
        quota.set(null);
        return samples;
    }

    /** Whether the sink is slow at this moment of a soak of this length. */
    static boolean isSlow(double second, double seconds) {
        return second >= SLOW_FROM * seconds && second < SLOW_TO * seconds;
    }
}
