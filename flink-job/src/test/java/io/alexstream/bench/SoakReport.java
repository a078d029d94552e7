package io.alexstream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the soak's samples say, as a chapter of the report, a plot and a table. */
final class SoakReport {

    /** What counts as flat: the lines rise by at most so much of the level itself, which is what allocators wander by. */
    private static final double FLAT = 0.02;

    /** Those after the first. */
    private static final int QUARTERS = 3;

    private SoakReport() {}

    static void write(Setting setting, List<MemorySample> samples, long slowlyRead, String noise) throws IOException {
        Path directory = setting.options().directory();
        plot(samples, directory.resolve("soak.svg"));
        Files.write(
                directory.resolve("soak.csv"),
                Stream.concat(Stream.of(MemorySample.HEADER), samples.stream().map(MemorySample::csv))
                        .toList());
        setting.report().chapter("soak", "Memory", noise, lines(samples, slowlyRead));
    }

    static List<String> lines(List<MemorySample> samples, long slowlyRead) {
        double seconds = samples.get(samples.size() - 1).second();
        List<MemorySample> warm = samples.stream()
                .filter(sample -> sample.second() >= seconds / 4)
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%.0f s at full load, exactly-once, parallelism 2: %.1f images a second; in the third quarter the broker"
                        + " takes answers at a quarter of that rate, which holds the whole job back: %.1f a second; in the"
                        + " fourth %.1f again. All the while a consumer in the same process falls behind (it read %d"
                        + " answers). Resident memory holds the whole heap from the start, the job, Flink, the clients and"
                        + " ONNX Runtime. The first quarter warms up. Through each of the others goes a line by least squares,"
                        + " and their rises are added, so that a level that comes with another rate is no growth (the sink's"
                        + " larger requests while it is held back). Flat means that they add up to at most %.0f %% of the"
                        + " median.",
                seconds,
                rate(samples, 0.25, 0.5),
                rate(samples, 0.5, 0.75),
                rate(samples, 0.75, 1),
                slowlyRead,
                100 * FLAT));
        lines.add("");
        lines.add("| | Median | Most | The lines rise by | a minute | |");
        lines.add("| --- | ---: | ---: | ---: | ---: | --- |");
        lines.add(row("Resident (VmRSS)", warm, MemorySample::rss, true));
        lines.add(row("Direct buffers", warm, MemorySample::direct, true));
        lines.add(row("Heap, garbage included", warm, MemorySample::heap, false));
        lines.add("");
        lines.add("![Memory over time](soak.svg) ([data](soak.csv))");
        return lines;
    }

    /** Images a second between two moments, as shares of the whole. */
    private static double rate(List<MemorySample> samples, double from, double to) {
        MemorySample first = samples.get((int) (from * (samples.size() - 1)));
        MemorySample last = samples.get((int) (to * (samples.size() - 1)));
        return (last.frames() - first.frames()) / Math.max(1e-9, last.second() - first.second());
    }

    private static String row(
            String name, List<MemorySample> samples, ToDoubleFunction<MemorySample> value, boolean judged) {
        double[] values = values(samples, value);
        double median = Figures.percentile(values, 0.5);
        double growth = growth(samples, value);
        double minutes =
                (samples.get(samples.size() - 1).second() - samples.get(0).second()) / 60;
        String verdict = growth <= FLAT * median ? "flat" : "**grows**";
        return String.format(
                Locale.ROOT,
                "| %s | %.1f MiB | %.1f MiB | %+.1f MiB | %+.2f MiB | %s |",
                name,
                median,
                Figures.percentile(values, 1),
                growth,
                growth / minutes,
                judged ? verdict : "the collector's");
    }

    /** Within the three quarters that the samples span, each by itself: the sink's rate changes between them. */
    private static double growth(List<MemorySample> samples, ToDoubleFunction<MemorySample> value) {
        double growth = 0;
        for (int i = 0; i < QUARTERS; i++) {
            List<MemorySample> quarter =
                    samples.subList(i * samples.size() / QUARTERS, (i + 1) * samples.size() / QUARTERS);
            double[] seconds = values(quarter, MemorySample::second);
            growth += Figures.slope(seconds, values(quarter, value)) * (seconds[seconds.length - 1] - seconds[0]);
        }
        return growth;
    }

    private static void plot(List<MemorySample> samples, Path file) throws IOException {
        double[] seconds = values(samples, MemorySample::second);
        new SvgPlot("Memory under full load; third quarter: slow sink", "s", "MiB")
                .line("resident", seconds, values(samples, MemorySample::rss))
                .line("direct buffers", seconds, values(samples, MemorySample::direct))
                .line("heap used", seconds, values(samples, MemorySample::heap))
                .write(file);
    }

    private static double[] values(List<MemorySample> samples, ToDoubleFunction<MemorySample> value) {
        return samples.stream().mapToDouble(value).toArray();
    }
}
