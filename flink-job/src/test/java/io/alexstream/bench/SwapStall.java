package io.alexstream.bench;

import io.alexstream.contract.ModelRef;
import io.alexstream.demo.HotSwap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * What images notice while the model is swapped under them: two AlexNets take turns in a job that has as much to do as it
 * comfortably can. At-least-once, as in {@link Latency}. Confined to one thread; one of its own publishes.
 */
final class SwapStall {

    /** Of the rate that the job sustains. */
    private static final double SHARE = 0.7;

    /** Before each stretch is asked anew what the job sustains and what a batch takes: a machine may halve its speed in minutes. */
    private static final int STRETCHES = 10;

    private static final int SWAPS = 2;
    private static final int SLOTS = 2;

    /** After the last subtask has flipped: the first batches of the new version, and the end of the old one. */
    private static final long AFTER_MILLIS = 2000;

    /**
     * Of single images, each a request of its own, before anything counts: in three runs the latency fell for 90 to 110 s, also
     * after two minutes at full load, where a request holds many images.
     */
    private static final double WARM_UP_SECONDS = 110;

    /** Goals: p99 around a swap to p99 in the quiet, and the longest gap to the time of one full batch. */
    private static final double RATIO = 1.5;

    private static final double BATCHES = 2;
    private static final int BATCHES_TIMED = 5;

    private static final String COLUMNS =
            "| Stretch | Images/s sustained | Full batch, ms | p99 around, ms | p99 in the quiet, ms |"
                    + " longest gap around, ms | in the quiet, ms |";

    /** @param sustained images a second, before it */
    private record Part(List<Journey> journeys, List<HotSwap> swaps, double sustained, double batchMillis) {

        Stall.Stretch stretch() {
            List<Stall.Window> windows = swaps.stream()
                    .map(swap -> new Stall.Window(
                            swap.published().toEpochMilli(), swap.active().toEpochMilli() + AFTER_MILLIS))
                    .toList();
            return new Stall.Stretch(journeys, windows, batchMillis);
        }
    }

    private record Measured(List<Part> parts, HotSwap idle, String noise) {

        List<HotSwap> swaps() {
            return parts.stream().flatMap(part -> part.swaps().stream()).toList();
        }

        List<Journey> journeys() {
            return parts.stream().flatMap(part -> part.journeys().stream()).toList();
        }
    }

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
            List<Part> parts = new ArrayList<>();
            System.out.println(COLUMNS);
            for (int i = 0; i < STRETCHES; i++) {
                Part part = part(setting, job, loop, first, second);
                parts.add(part);
                System.out.println(row(i + 1, part));
            }
            report(setting, new Measured(parts, idle, machine.noise()));
        }
    }

    private static Part part(Setting setting, JobRun job, BareLoop loop, ModelRef first, ModelRef second) {
        double sustained = Latency.sustained(job, setting.frames(25));
        double before = loop.batchMillis(BATCHES_TIMED);
        List<HotSwap> swaps = new ArrayList<>();
        List<Journey> journeys = flow(setting, job, SHARE * sustained, first, second, swaps);
        return new Part(journeys, swaps, sustained, Figures.median(List.of(before, loop.batchMillis(BATCHES_TIMED))));
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
            double quiet = setting.options().seconds() / 4.0;
            try {
                pause(2 * quiet);
                for (int i = 0; i < SWAPS; i++) {
                    job.requireAlive();
                    swaps.add(i % 2 == 0 ? job.swap(first, second) : job.swap(second, first));
                    System.out.printf(
                            Locale.ROOT,
                            "swap: %.1f s%n",
                            swaps.get(i).duration().toMillis() / 1e3);
                    pause(AFTER_MILLIS / 1e3 + quiet);
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

    private static void report(Setting setting, Measured measured) throws IOException {
        Stall stall = Stall.of(measured.parts.stream().map(Part::stretch).toList());
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d swaps between two AlexNets, at %.0f %% of what the job sustains; that, and the time of a full batch of %d with"
                        + " nothing beside it, is asked again before every %d, since machines change their speed. At-least-once,"
                        + " parallelism 2, random arrivals (Poisson). Around a swap: from its update in Kafka to %.0f s after"
                        + " the last subtask serves it, %d of %d images. From the update to the last subtask %.1f s in the"
                        + " median, of which %.1f s to fetch, check and load and %.1f s to warm up and ask for the golden"
                        + " frames; with nothing to serve beside it %.1f s in all: the load takes what serving leaves.",
                measured.swaps().size(),
                100 * SHARE,
                BareLoop.BATCH,
                SWAPS,
                AFTER_MILLIS / 1e3,
                stall.around(),
                measured.journeys().size(),
                median(measured, swap -> swap.duration().toMillis() / 1e3),
                median(measured, swap -> swap.loadMillis() / 1e3),
                median(measured, swap -> swap.warmUpMillis() / 1e3),
                measured.idle.duration().toMillis() / 1e3));
        lines.add("");
        lines.add(COLUMNS);
        lines.add("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (int i = 0; i < measured.parts.size(); i++) {
            lines.add(row(i + 1, measured.parts.get(i)));
        }
        lines.add("");
        lines.add("| Full batches, all stretches together | Around swaps | In the quiet |");
        lines.add("| --- | ---: | ---: |");
        lines.add(String.format(Locale.ROOT, "| p99 latency | %.2f | %.2f |", stall.p99Around(), stall.p99Quiet()));
        lines.add(String.format(
                Locale.ROOT, "| longest gap in the output | %.2f | %.2f |", stall.gapAround(), stall.gapQuiet()));
        lines.add("");
        lines.add("| Ratio | Measured | Goal | |");
        lines.add("| --- | ---: | --- | --- |");
        lines.add(Report.goal("p99 around swaps / p99 in the quiet", stall.ratio(), "", RATIO, false));
        lines.add(Report.goal("longest gap around swaps / one full batch", stall.gapAround(), "", BATCHES, false));
        lines.add("");
        lines.add("![Latency over time](swap.svg)");
        plot(setting, measured);
        setting.report().chapter("swap", "Hot swap", measured.noise, lines);
    }

    private static String row(int number, Part part) {
        Stall stall = Stall.of(List.of(part.stretch()));
        double batch = part.batchMillis;
        return String.format(
                Locale.ROOT,
                "| %d | %.1f | %.0f | %.0f | %.0f | %.0f | %.0f |",
                number,
                part.sustained,
                batch,
                stall.p99Around() * batch,
                stall.p99Quiet() * batch,
                stall.gapAround() * batch,
                stall.gapQuiet() * batch);
    }

    private static double median(Measured measured, ToDoubleFunction<HotSwap> value) {
        return Figures.median(
                measured.swaps().stream().map(value::applyAsDouble).toList());
    }

    /** The longest and the median of each second, by when the answer came; a dashed line where a version went live. */
    private static void plot(Setting setting, Measured measured) throws IOException {
        long start =
                measured.journeys().stream().mapToLong(Journey::begin).min().orElseThrow();
        TreeMap<Long, List<Journey>> seconds = new TreeMap<>();
        measured.journeys()
                .forEach(journey -> seconds.computeIfAbsent((journey.end() - start) / 1000, second -> new ArrayList<>())
                        .add(journey));
        double[] x = seconds.keySet().stream().mapToDouble(second -> second).toArray();
        SvgPlot plot = new SvgPlot("Latency over time, swaps dashed", "s", "ms")
                .line("longest", x, ofEach(seconds, 1))
                .line("median", x, ofEach(seconds, 0.5));
        measured.swaps().forEach(swap -> plot.mark((swap.active().toEpochMilli() - start) / 1e3));
        plot.write(setting.options().directory().resolve("swap.svg"));
    }

    private static double[] ofEach(TreeMap<Long, List<Journey>> seconds, double share) {
        return seconds.values().stream()
                .mapToDouble(journeys -> Figures.percentile(Journey.millis(journeys), share))
                .toArray();
    }
}
