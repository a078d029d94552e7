package io.alexstream.bench;

import io.alexstream.demo.EngineMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** Full load for minutes, with a consumer that falls behind: does memory stay where it is? Confined to one thread. */
final class Soak {

    private static final int SLOTS = 2;

    /** References that wait in the topic: more than the job takes between two looks. */
    private static final int AHEAD = 2000;

    private static final double SAMPLE_SECONDS = 2;

    /** The second half may hold so much more than the second quarter; the first quarter warms up. */
    private static final double FLAT = 0.02;

    private Soak() {}

    static void measure(Setting setting) throws Exception {
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
                SlowReader slow = new SlowReader(setting.kafka().bootstrapServers(), job.classificationsTopic())) {
            machine = new Machine(setting.kafka());
            samples = sample(job, 60.0 * setting.options().minutes());
            slowlyRead = slow.read();
        }
        report(setting, samples, slowlyRead, machine.noise());
    }

    private static List<MemorySample> sample(JobRun job, double seconds) {
        List<MemorySample> samples = new ArrayList<>();
        long before = EngineMetrics.sum("framesOut");
        long start = System.nanoTime();
        double second = 0;
        long published = 0;
        while (second < seconds) {
            long classified = EngineMetrics.sum("framesOut") - before;
            int more = (int) (classified + AHEAD - published);
            job.publish(more);
            published += more;
            job.requireAlive();
            samples.add(MemorySample.now(second, classified));
            LockSupport.parkNanos((long) (SAMPLE_SECONDS * 1e9));
            second = (System.nanoTime() - start) / 1e9;
        }
        return samples;
    }

    private static void report(Setting setting, List<MemorySample> samples, long slowlyRead, String noise)
            throws IOException {
        MemorySample last = samples.get(samples.size() - 1);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%.0f s at full load, exactly-once, parallelism 2: %d images, %.1f a second; a consumer in the same process"
                        + " read %d of the answers. Resident memory holds the whole heap from the start, the job, Flink, the"
                        + " clients and ONNX Runtime. Growth: median of the second half against that of the second quarter.",
                last.second(),
                last.frames(),
                last.frames() / last.second(),
                slowlyRead));
        lines.add("");
        lines.add("| | Second quarter | Second half | Growth | |");
        lines.add("| --- | ---: | ---: | ---: | --- |");
        lines.add(row("Resident (VmRSS)", samples, MemorySample::rss));
        lines.add(row("Direct buffers", samples, MemorySample::direct));
        lines.add("");
        lines.add("![Memory over time](soak.svg) ([data](soak.csv))");
        double[] seconds = samples.stream().mapToDouble(MemorySample::second).toArray();
        new SvgPlot("Memory under full load", "s", "MiB")
                .line(
                        "resident",
                        seconds,
                        samples.stream().mapToDouble(MemorySample::rss).toArray())
                .line(
                        "direct buffers",
                        seconds,
                        samples.stream().mapToDouble(MemorySample::direct).toArray())
                .write(setting.options().directory().resolve("soak.svg"));
        Files.write(
                setting.options().directory().resolve("soak.csv"),
                Stream.concat(Stream.of(MemorySample.HEADER), samples.stream().map(MemorySample::csv))
                        .toList());
        setting.report().chapter("soak", "Memory", noise, lines);
    }

    private static String row(String name, List<MemorySample> samples, ToDoubleFunction<MemorySample> value) {
        int size = samples.size();
        double early = median(samples.subList(size / 4, Math.max(size / 4 + 1, size / 2)), value);
        double late = median(samples.subList(size / 2, size), value);
        double growth = late - early;
        return String.format(
                Locale.ROOT,
                "| %s | %.1f MiB | %.1f MiB | %+.1f MiB | %s |",
                name,
                early,
                late,
                growth,
                growth <= FLAT * early ? "flat" : "**grows**");
    }

    private static double median(List<MemorySample> samples, ToDoubleFunction<MemorySample> value) {
        return Figures.median(samples.stream().map(value::applyAsDouble).toList());
    }
}
