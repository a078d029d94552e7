package io.alexstream.bench;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/** What it was measured on, and how much of that others used meanwhile. Confined to one thread. */
final class Machine {

    private static final Path PROC = Path.of("/proc");

    /** Of {@code /proc/stat}: jiffies of 10 ms on all of Linux (USER_HZ, man 5 proc). */
    private static final double JIFFIES_A_SECOND = 100;

    private final ForkedKafka kafka;
    private double busyBefore;
    private double ownBefore;
    private long nanosBefore;

    Machine(ForkedKafka kafka) {
        this.kafka = kafka;
        watch();
    }

    /** From here on counts {@link #coresUsedByOthers}. */
    void watch() {
        busyBefore = busySeconds();
        ownBefore = ownSeconds();
        nanosBefore = System.nanoTime();
    }

    /** Cores that processes other than this one and its broker kept busy, on average since {@link #watch}. */
    double coresUsedByOthers() {
        double seconds = (System.nanoTime() - nanosBefore) / 1e9;
        return Math.max(0, (busySeconds() - busyBefore - (ownSeconds() - ownBefore)) / seconds);
    }

    /** The line that stands above each chapter. */
    String noise() {
        return String.format(
                Locale.ROOT,
                "Other processes kept %.2f of %d cores busy meanwhile%s.",
                coresUsedByOthers(),
                cores(),
                coresUsedByOthers() > 0.1 * cores()
                        ? ": **the machine was not quiet**, so no absolute figure below holds"
                        : "");
    }

    private static double busySeconds() {
        try {
            String[] fields =
                    Files.readAllLines(PROC.resolve("stat")).get(0).trim().split(" +");
            long all = Arrays.stream(fields)
                    .skip(1)
                    .limit(8)
                    .mapToLong(Long::parseLong)
                    .sum();
            long idle = Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
            return (all - idle) / JIFFIES_A_SECOND;
        } catch (IOException e) {
            return 0; // not Linux
        }
    }

    private double ownSeconds() {
        return (ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis()
                        + kafka.cpuTime().toMillis())
                / 1e3;
    }

    static String description() {
        return String.join(
                "\n",
                "| | |",
                "| --- | --- |",
                row("Cores", Integer.toString(cores())),
                row("Processor", after("cpuinfo", "model name")),
                row("Memory", after("meminfo", "MemTotal")),
                row("System", System.getProperty("os.name") + " " + System.getProperty("os.version")),
                row("JDK", Runtime.version() + " " + System.getProperty("java.vendor")),
                row("JVM options", jvmOptions()),
                row(
                        "Versions",
                        "Flink " + EnvironmentInformation.getVersion() + ", Kafka clients and broker "
                                + AppInfoParser.getVersion() + ", ONNX Runtime "
                                + OrtEnvironment.getEnvironment().getVersion()));
    }

    private static String row(String name, String value) {
        return "| " + name + " | " + value + " |";
    }

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String jvmOptions() {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return String.join(
                " ", options.stream().filter(option -> option.startsWith("-X")).toList());
    }

    /** The value of the first line {@code key: value} of a file in /proc. */
    static String after(String file, String key) {
        try {
            return Files.readAllLines(PROC.resolve(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown"; // not Linux
        }
    }
}
