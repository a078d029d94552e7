package io.alexstream.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * The whole job against a bare loop and against the plain way, in turns, so that what slows the machine slows all three.
 * Confined to one thread.
 */
final class Throughput {

    /** Goals of the operator: what the stream may cost, and what batching must bring. */
    private static final double TO_BARE_LOOP = 0.95;

    private static final double TO_PLAIN_WAY = 1.6;

    private static final int SLOTS = 2;

    /** Frames left out at both ends of a round: the first batches, and the tail that fills none. */
    private static final int EDGE = 2 * BareLoop.BATCH;

    /** In seven rounds of 15 s the job's rate rose until the third: the JIT compiler takes a core now and then until then. */
    private static final int WARM_UP = 60 * BareLoop.BATCH;

    private final Setting setting;
    private final List<Double> deployed = new ArrayList<>();
    private final List<Double> bare = new ArrayList<>();
    private final List<Double> plain = new ArrayList<>();

    private Throughput(Setting setting) {
        this.setting = setting;
    }

    static void measure(Setting setting) throws Exception {
        new Throughput(setting).measure();
    }

    private void measure() throws Exception {
        var options = setting.options();
        Machine machine = new Machine(setting.kafka());
        try (JobRun job = JobRun.deployed(
                        setting.kafka(),
                        setting.work(),
                        options.directory(),
                        "deployed",
                        SLOTS,
                        DeliveryGuarantee.EXACTLY_ONCE);
                JobRun way = JobRun.plain(setting.kafka(), setting.work(), options.directory(), "plain", SLOTS);
                BareLoop loop = new BareLoop(setting.work())) {
            round(job, WARM_UP);
            double rate = Figures.steadyRate(loop.run(WARM_UP), EDGE);
            round(way, WARM_UP / 2);
            machine.watch();
            for (int i = 0; i < options.rounds(); i++) {
                deployed.add(round(job, setting.frames(rate)));
                bare.add(Figures.steadyRate(loop.run(setting.frames(rate)), EDGE));
                plain.add(round(way, setting.frames(rate / 2)));
                System.out.printf(
                        Locale.ROOT,
                        "round %d: job %.1f, bare loop %.1f, plain way %.1f images/s%n",
                        i + 1,
                        deployed.get(i),
                        bare.get(i),
                        plain.get(i));
            }
        }
        report(machine.noise());
    }

    private static double round(JobRun job, int frames) {
        try (AppendTimes outputs = job.outputs()) {
            job.publish(frames);
            return Figures.steadyRate(outputs.awaitMillis(frames, job::requireAlive), EDGE);
        }
    }

    private void report(String noise) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("AlexNet fp32 on CPU, " + setting.work().manifest().labels().size()
                + " classes; drawn JPEGs of 500 x 375, " + setting.work().meanBytes() / 1000
                + " KB on average, from files. Images a second in steady state, in the rounds' order; the ratios are medians"
                + " of each round's own ratio.");
        lines.add("");
        lines.add("| | Median | Rounds |");
        lines.add("| --- | ---: | --- |");
        lines.add(row(
                "A: the job as deployed (Kafka in a JVM of its own, parallelism 2, exactly-once, checkpoint each second)",
                deployed));
        lines.add(row("B: bare loop, same decoder, batches of 32, same threads", bare));
        lines.add(row(
                "C: same source and sink, RichAsyncFunction, one image a run, a session of one thread a core", plain));
        lines.add("");
        lines.add("| Ratio | Measured | Goal | |");
        lines.add("| --- | ---: | --- | --- |");
        lines.add(Report.goal("A / B", ratio(deployed, bare), "", TO_BARE_LOOP, true));
        lines.add(Report.goal("A / C", ratio(deployed, plain), "", TO_PLAIN_WAY, true));
        lines.add("");
        lines.add("![Throughput by round](throughput.svg)");
        double[] rounds =
                IntStream.rangeClosed(1, deployed.size()).mapToDouble(i -> i).toArray();
        new SvgPlot("Throughput by round", "round", "images/s")
                .line("A: job", rounds, array(deployed))
                .line("B: bare loop", rounds, array(bare))
                .line("C: plain way", rounds, array(plain))
                .write(setting.options().directory().resolve("throughput.svg"));
        setting.report().chapter("throughput", "Throughput", noise, lines);
    }

    private static double ratio(List<Double> of, List<Double> to) {
        return Figures.median(IntStream.range(0, of.size())
                .mapToObj(i -> of.get(i) / to.get(i))
                .toList());
    }

    private static String row(String name, List<Double> rates) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %s |",
                name,
                Figures.median(rates),
                String.join(
                        ", ",
                        rates.stream()
                                .map(rate -> String.format(Locale.ROOT, "%.1f", rate))
                                .toList()));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
