package io.alexstream.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * From the moment at which the broker appended a reference to that at which it appended the answer, at given shares of the
 * rate that the job sustains. At-least-once: with exactly-once the checkpoint's interval would come on top. Confined to one
 * thread.
 */
final class Latency {

    private static final List<Double> SHARES = List.of(0.25, 0.5, 0.75);

    /** The goal: so many times the time of one full batch, for p99 at half the rate. */
    private static final double GOAL = 2.5;

    private static final double GOAL_SHARE = 0.5;
    private static final int SLOTS = 2;

    /** Five of them lie beyond p99. */
    private static final int ENOUGH = 500;

    private static final int BATCHES_TIMED = 7;

    private record Point(double rate, double p50, double p95, double p99, int count) {}

    private Latency() {}

    static void measure(Setting setting) throws Exception {
        List<Point> points = new ArrayList<>();
        double sustained;
        double batchMillis;
        Machine machine;
        try (JobRun job = JobRun.deployed(
                        setting.kafka(),
                        setting.work(),
                        setting.options().directory(),
                        "latency",
                        SLOTS,
                        DeliveryGuarantee.AT_LEAST_ONCE);
                BareLoop loop = new BareLoop(setting.work())) {
            loop.batchMillis(2); // warms up
            sustained(job, 8 * BareLoop.BATCH);
            machine = new Machine(setting.kafka());
            sustained = sustained(job, setting.frames(45));
            List<Double> batches = new ArrayList<>(List.of(loop.batchMillis(BATCHES_TIMED)));
            for (double share : SHARES) {
                points.add(measure(setting, job, share * sustained));
                batches.add(loop.batchMillis(BATCHES_TIMED));
            }
            batchMillis = Figures.median(batches);
        }
        report(setting, sustained, batchMillis, points, machine.noise());
    }

    /** Images a second that the job takes while more wait. */
    static double sustained(JobRun job, int frames) {
        try (AppendTimes outputs = job.outputs()) {
            job.publish(frames);
            return Figures.steadyRate(outputs.awaitMillis(frames, job::requireAlive), 2 * BareLoop.BATCH);
        }
    }

    private static Point measure(Setting setting, JobRun job, double rate) {
        int count = (int) (rate * setting.options().seconds());
        long[] moments = poisson(count, rate);
        try (AppendTimes inputs = job.inputs();
                AppendTimes outputs = job.outputs()) {
            job.publish(count, i -> moments[i]);
            double[] millis = Journey.millis(Journey.await(inputs, outputs, count, job::requireAlive));
            return new Point(
                    rate,
                    Figures.percentile(millis, 0.5),
                    Figures.percentile(millis, 0.95),
                    Figures.percentile(millis, 0.99),
                    count);
        }
    }

    /** Arrivals that know nothing of each other, as those of many cameras: exponential gaps. */
    private static long[] poisson(int count, double rate) {
        SplittableRandom random = new SplittableRandom(count);
        long[] moments = new long[count];
        double now = 0;
        for (int i = 0; i < count; i++) {
            now += -Math.log(1 - random.nextDouble()) / rate;
            moments[i] = (long) (now * 1e9);
        }
        return moments;
    }

    private static void report(Setting setting, double sustained, double batchMillis, List<Point> points, String noise)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "From the broker's append of the reference to its append of the answer, in milliseconds; at-least-once,"
                        + " parallelism 2, random arrivals (Poisson). The job sustains %.1f images/s; one full batch of %d"
                        + " takes %.0f ms with nothing beside it.",
                sustained,
                BareLoop.BATCH,
                batchMillis));
        lines.add("");
        lines.add("| Share | Images/s | p50 | p95 | p99 | Images |");
        lines.add("| ---: | ---: | ---: | ---: | ---: | ---: |");
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            lines.add(String.format(
                    Locale.ROOT,
                    "| %.0f %% | %.1f | %.0f | %.0f | %.0f | %d |",
                    100 * SHARES.get(i),
                    point.rate,
                    point.p50,
                    point.p95,
                    point.p99,
                    point.count));
        }
        if (points.stream().anyMatch(point -> point.count < ENOUGH)) {
            lines.add("");
            lines.add("Fewer than " + ENOUGH + " images at a rate: its p99 rests on a handful; measure longer.");
        }
        double p99 = points.get(SHARES.indexOf(GOAL_SHARE)).p99;
        lines.add("");
        lines.add("| Ratio | Measured | Goal | |");
        lines.add("| --- | ---: | --- | --- |");
        lines.add(Report.goal("p99 at 50 % / one full batch", p99 / batchMillis, "", GOAL, false));
        lines.add("");
        lines.add("![Latency by rate](latency.svg)");
        double[] rates = points.stream().mapToDouble(Point::rate).toArray();
        new SvgPlot("Latency by rate", "images/s", "ms")
                .line("p50", rates, points.stream().mapToDouble(Point::p50).toArray())
                .line("p95", rates, points.stream().mapToDouble(Point::p95).toArray())
                .line("p99", rates, points.stream().mapToDouble(Point::p99).toArray())
                .write(setting.options().directory().resolve("latency.svg"));
        setting.report().chapter("latency", "Latency", noise, lines);
    }
}
