package io.alexstream.bench;

import io.alexstream.demo.HotSwap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What swaps do to images, as a chapter of the report and a plot. */
final class SwapStallReport {

    static final String COLUMNS =
            "| Stretch | Images/s sustained, before and after | Full batch, ms | p99 around, ms | p99 in the quiet, ms |"
                    + " longest gap around, ms | in the quiet, ms | |";

    /** Goals: p99 around a swap to p99 in the quiet, and the longest gap to the time of one full batch. */
    private static final double RATIO = 1.5;

    private static final double BATCHES = 2;

    private SwapStallReport() {}

    /**
     * @param idle a swap with nothing to serve beside it
     * @throws IllegalStateException where no stretch counts
     */
    static void write(Setting setting, List<SwapStretch> stretches, HotSwap idle, String noise) throws IOException {
        List<SwapStretch> counted =
                stretches.stream().filter(SwapStretch::counts).toList();
        if (counted.isEmpty()) {
            throw new IllegalStateException("the machine changed its speed in each of " + (stretches.size() - 1)
                    + " stretches; measure where fewer others use it");
        }
        Stall stall = SwapStretch.stall(counted);
        List<String> lines = new ArrayList<>();
        lines.add(setUp(counted, stall, idle));
        lines.add("");
        lines.add(COLUMNS);
        lines.add("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        for (int i = 0; i < stretches.size(); i++) {
            lines.add(row(i + 1, stretches.get(i)));
        }
        lines.add("");
        lines.add("| Full batches | p99 around | p99 in the quiet | longest gap around | in the quiet |");
        lines.add("| --- | ---: | ---: | ---: | ---: |");
        lines.add(inBatches("The " + counted.size() + " stretches that count", stall));
        lines.add(inBatches("All " + stretches.size(), SwapStretch.stall(stretches)));
        lines.add("");
        lines.add("| Ratio | Measured | Goal | |");
        lines.add("| --- | ---: | --- | --- |");
        lines.add(Report.goal("p99 around swaps / p99 in the quiet", stall.ratio(), "", RATIO, false));
        lines.add(Report.goal("longest gap around swaps / one full batch", stall.gapAround(), "", BATCHES, false));
        lines.add("");
        lines.add(byStretch(counted));
        if (counted.size() < SwapStall.STRETCHES) {
            lines.add("");
            lines.add("Fewer than " + SwapStall.STRETCHES
                    + " stretches count: measure where fewer others use the machine.");
        }
        lines.add("");
        lines.add("![Latency over time](swap.svg)");
        plot(setting, journeys(stretches), swaps(stretches));
        setting.report().chapter("swap", "Hot swap", noise, lines);
    }

    private static String setUp(List<SwapStretch> counted, Stall stall, HotSwap idle) {
        List<HotSwap> swaps = swaps(counted);
        return String.format(
                Locale.ROOT,
                "%d swaps between two AlexNets, at %.0f %% of what the job sustains; that, and the time of a full batch of %d with"
                        + " nothing beside it, is asked again after every %d, since machines change their speed. Where one of"
                        + " the two then is another than before by more than a factor of %.2f, the stretch is shown but does"
                        + " not count, and another is measured; nor does the first one, which warms up. At-least-once,"
                        + " parallelism 2,"
                        + " random arrivals (Poisson). Around a swap: from its update in Kafka to %.0f s after the last"
                        + " subtask serves it, %d of %d images. From the update to the last subtask %.1f s in the median, of"
                        + " which %.1f s to fetch, check and load and %.1f s to warm up and ask for the golden frames; with"
                        + " nothing to serve beside it %.1f s in all: the load takes what serving leaves.",
                swaps.size(),
                100 * SwapStall.SHARE,
                BareLoop.BATCH,
                SwapStall.SWAPS,
                SwapStretch.SAME_SPEED,
                SwapStretch.AFTER_MILLIS / 1e3,
                stall.around(),
                journeys(counted).size(),
                median(swaps, swap -> swap.duration().toMillis() / 1e3),
                median(swaps, swap -> swap.loadMillis() / 1e3),
                median(swaps, swap -> swap.warmUpMillis() / 1e3),
                idle.duration().toMillis() / 1e3);
    }

    private static List<HotSwap> swaps(List<SwapStretch> stretches) {
        return stretches.stream().flatMap(stretch -> stretch.swaps().stream()).toList();
    }

    private static List<Journey> journeys(List<SwapStretch> stretches) {
        return stretches.stream()
                .flatMap(stretch -> stretch.journeys().stream())
                .toList();
    }

    static String row(int number, SwapStretch stretch) {
        Stall stall = SwapStretch.stall(List.of(stretch));
        double batch = stretch.batchMillis();
        return String.format(
                Locale.ROOT,
                "| %d | %.1f, %.1f | %.0f, %.0f | %.0f | %.0f | %.0f | %.0f | %s |",
                number,
                stretch.before().sustained(),
                stretch.after().sustained(),
                stretch.before().batchMillis(),
                stretch.after().batchMillis(),
                stall.p99Around() * batch,
                stall.p99Quiet() * batch,
                stall.gapAround() * batch,
                stall.gapQuiet() * batch,
                remark(stretch));
    }

    private static String remark(SwapStretch stretch) {
        if (stretch.counts()) {
            return "";
        }
        return "does not count: " + (stretch.warmsUp() ? "warms up" : "another speed");
    }

    /** How far one swap is from another, which a figure for all of them hides. */
    private static String byStretch(List<SwapStretch> counted) {
        List<Double> ratios = counted.stream()
                .map(stretch -> SwapStretch.stall(List.of(stretch)).ratio())
                .toList();
        return String.format(
                Locale.ROOT,
                "By stretch the first ratio lies between %.2f and %.2f, in the median at %.2f.",
                Collections.min(ratios),
                Collections.max(ratios),
                Figures.median(ratios));
    }

    private static String inBatches(String which, Stall stall) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f |",
                which,
                stall.p99Around(),
                stall.p99Quiet(),
                stall.gapAround(),
                stall.gapQuiet());
    }

    private static double median(List<HotSwap> swaps, ToDoubleFunction<HotSwap> value) {
        return Figures.median(swaps.stream().map(value::applyAsDouble).toList());
    }

    /** The longest and the median of each second, by when the answer came; a dashed line where a version went live. */
    private static void plot(Setting setting, List<Journey> journeys, List<HotSwap> swaps) throws IOException {
        long start = journeys.stream().mapToLong(Journey::begin).min().orElseThrow();
        TreeMap<Long, List<Journey>> seconds = new TreeMap<>();
        journeys.forEach(journey -> seconds.computeIfAbsent((journey.end() - start) / 1000, second -> new ArrayList<>())
                .add(journey));
        double[] x = seconds.keySet().stream().mapToDouble(second -> second).toArray();
        SvgPlot plot = new SvgPlot("Latency over time, swaps dashed", "s", "ms")
                .line("longest", x, ofEach(seconds, 1))
                .line("median", x, ofEach(seconds, 0.5));
        swaps.forEach(swap -> plot.mark((swap.active().toEpochMilli() - start) / 1e3));
        plot.write(setting.options().directory().resolve("swap.svg"));
    }

    private static double[] ofEach(TreeMap<Long, List<Journey>> seconds, double share) {
        return seconds.values().stream()
                .mapToDouble(second -> Figures.percentile(Journey.millis(second), share))
                .toArray();
    }
}
