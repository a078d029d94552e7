package io.alexstream.bench;

import io.alexstream.contract.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * A hundred swaps of a model of 250 MB while images flow: does each version leave as much memory as it took? Confined to one
 * thread; one of its own publishes.
 */
final class SwapSoak {

    private static final int SWAPS = 100;

    /** From here on memory should stay: allocator and page cache have seen everything. */
    private static final int SETTLED = 10;

    /** The last may hold so much more than the tenth. */
    private static final double FLAT = 0.05;

    private static final int SLOTS = 2;

    /** Images a second: enough that each version answers some, few enough that swaps are quick. */
    private static final double RATE = 10;

    /** The old session is closed with its last batch, which ends well within. */
    private static final double AFTER_SECONDS = 1;

    private SwapSoak() {}

    static void measure(Setting setting) throws Exception {
        ModelRef first = setting.work().model();
        ModelRef second = setting.work().nextVersion(setting.options().directory());
        List<MemorySample> samples = new ArrayList<>();
        Machine machine;
        try (JobRun job = JobRun.swappable(
                setting.kafka(),
                setting.work(),
                setting.options().directory(),
                "swap-soak",
                SLOTS,
                DeliveryGuarantee.EXACTLY_ONCE)) {
            machine = new Machine(setting.kafka());
            AtomicBoolean goesOn = new AtomicBoolean(true);
            CompletableFuture<Integer> publishing = CompletableFuture.supplyAsync(
                    () -> job.publish(RATE, goesOn::get), command -> new Thread(command, "publisher").start());
            long start = System.nanoTime();
            try {
                for (int i = 0; i < SWAPS; i++) {
                    job.requireAlive();
                    var unused = i % 2 == 0 ? job.swap(first, second) : job.swap(second, first);
                    LockSupport.parkNanos((long) (AFTER_SECONDS * 1e9));
                    samples.add(MemorySample.now((System.nanoTime() - start) / 1e9, i + 1));
                }
            } finally {
                goesOn.set(false);
            }
            publishing.join();
        }
        report(setting, samples, machine.noise());
    }

    private static void report(Setting setting, List<MemorySample> samples, String noise) throws IOException {
        MemorySample settled = samples.get(SETTLED - 1);
        MemorySample last = samples.get(samples.size() - 1);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d swaps between two AlexNets in %.0f s while %.0f images a second flow, exactly-once, parallelism 2."
                        + " Resident memory (VmRSS) of the whole process %.0f s after each swap.",
                samples.size(),
                last.second(),
                RATE,
                AFTER_SECONDS));
        lines.add("");
        lines.add("| After swap " + SETTLED + " | After swap " + samples.size() + " | Growth | |");
        lines.add("| ---: | ---: | ---: | --- |");
        lines.add(String.format(
                Locale.ROOT,
                "| %.0f MiB | %.0f MiB | %+.1f %% (goal: at most %.0f) | %s |",
                settled.rss(),
                last.rss(),
                100 * (last.rss() / settled.rss() - 1),
                100 * FLAT,
                last.rss() <= (1 + FLAT) * settled.rss() ? "reached" : "**missed**"));
        lines.add("");
        lines.add("![Memory over swaps](swap-soak.svg) ([data](swap-soak.csv))");
        double[] swaps = samples.stream().mapToDouble(MemorySample::frames).toArray();
        new SvgPlot("Memory over swaps", "swaps", "MiB")
                .line(
                        "resident",
                        swaps,
                        samples.stream().mapToDouble(MemorySample::rss).toArray())
                .line(
                        "direct buffers",
                        swaps,
                        samples.stream().mapToDouble(MemorySample::direct).toArray())
                .write(setting.options().directory().resolve("swap-soak.svg"));
        Files.write(
                setting.options().directory().resolve("swap-soak.csv"),
                Stream.concat(
                                Stream.of(MemorySample.HEADER.replace("frames", "swaps")),
                                samples.stream().map(MemorySample::csv))
                        .toList());
        setting.report().chapter("swap-soak", "Memory over swaps", noise, lines);
    }
}
