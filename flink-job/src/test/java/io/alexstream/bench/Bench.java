package io.alexstream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** {@code mvn -Pbench}: measures the parts that were asked for and writes the report. */
public final class Bench {

    /** The exit status after a failure; with it lies a file {@code failed}, by which Maven knows. */
    private static final int FAILED = 10;

    private Bench() {}

    public static void main(String[] args) throws IOException {
        Path marker = BenchOptions.directory(args).resolve("failed");
        Files.deleteIfExists(marker);
        int status = 0;
        try {
            measure(BenchOptions.parse(args));
        } catch (Exception e) {
            LoggerFactory.getLogger(Bench.class).error("The benchmark failed", e);
            System.out.println("bench: "
                    + (e instanceof IllegalArgumentException
                            ? e.getMessage()
                            : e.toString().lines().findFirst().orElse("") + "; see bench.log beside the report"));
            Files.createDirectories(marker.resolveSibling("."));
            Files.createFile(marker);
            status = FAILED;
        }
        // Broker and Flink leave threads behind that are no daemons.
        System.exit(status);
    }

    private static void measure(BenchOptions options) throws Exception {
        Files.createDirectories(options.directory());
        Report report = new Report(options.directory(), options.command());
        if (options.parts().stream().anyMatch(part -> !part.equals("jmh"))) {
            System.out.println("Making a fresh AlexNet and drawing pictures");
            Workload work = Workload.prepare(options.directory());
            try (ForkedKafka kafka = ForkedKafka.start(options.directory())) {
                measure(new Setting(options, kafka, work, report));
            }
        }
        System.out.println("Report: " + report.write());
    }

    private static void measure(Setting setting) throws Exception {
        for (String part : setting.options().parts()) {
            System.out.println("Measuring " + part);
            switch (part) {
                case "throughput" -> Throughput.measure(setting);
                case "fill" -> Fill.measure(setting);
                case "latency" -> Latency.measure(setting);
                case "swap" -> SwapStall.measure(setting);
                case BenchOptions.SOAK -> {
                    Soak.measure(setting);
                    SwapSoak.measure(setting);
                }
                case "jmh" -> System.out.println("(done in operators)");
                default ->
                    throw new IllegalArgumentException(
                            "-Dbench: throughput, fill, latency, swap, jmh or soak, separated by commas, was " + part);
            }
        }
    }
}
