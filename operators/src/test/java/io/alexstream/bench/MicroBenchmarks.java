package io.alexstream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks with the allocation profiler and leaves their table to the report that flink-job writes. */
public final class MicroBenchmarks {

    /** The chapter that the report takes over. */
    private static final String CHAPTER = "jmh.md";

    private static final int ITERATIONS = 5;

    /** The exit status after a failure; with it lies a file {@code failed-jmh}, by which Maven knows. */
    private static final int FAILED = 10;

    private MicroBenchmarks() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> options = parse(args);
        Path directory = Path.of(options.getOrDefault("--directory", "target/bench"));
        Files.createDirectories(directory);
        Path marker = directory.resolve("failed-jmh");
        Files.deleteIfExists(marker);
        try {
            if (List.of(options.getOrDefault("--parts", "jmh").split(",")).contains("jmh")) {
                measure(directory, seconds(options));
            }
        } catch (IllegalArgumentException | RunnerException e) {
            System.out.println("bench: " + e.getMessage());
            Files.createFile(marker);
            System.exit(FAILED);
        }
    }

    /** A round of the throughput part is 20 s by default; an iteration need not be so long. */
    private static int seconds(Map<String, String> options) {
        String seconds = options.getOrDefault("--seconds", "20");
        if (!seconds.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(
                    "-Dbench.seconds must be a whole number from 1 to 99999, was " + seconds);
        }
        return Math.max(1, Integer.parseInt(seconds) / 10);
    }

    private static void measure(Path directory, int seconds) throws IOException, RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io.alexstream.bench")
                        .forks(1)
                        .warmupIterations(2)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TimeValue.seconds(seconds))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        Files.writeString(directory.resolve(CHAPTER), table(results));
    }

    /** {@code --key=value}; an empty value counts as not given, since Maven passes what was not set so. */
    private static Map<String, String> parse(String... args) {
        Map<String, String> options = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals > 0 && equals < arg.length() - 1) {
                options.put(arg.substring(0, equals), arg.substring(equals + 1));
            }
        }
        return options;
    }

    private static String table(Collection<RunResult> results) {
        List<String> lines = new ArrayList<>();
        lines.add("| Benchmark | Score | Error (99.9 %) | Allocated an operation |");
        lines.add("| --- | ---: | ---: | ---: |");
        results.forEach(result -> lines.add(line(result)));
        return String.join("\n", lines) + "\n";
    }

    private static String line(RunResult result) {
        BenchmarkParams params = result.getParams();
        Result<?> score = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        String name = params.getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
        String of = params.getParamsKeys().stream()
                .map(key -> ", " + params.getParam(key))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                "| %s%s | %.1f %s | %.1f | %s |",
                name,
                of,
                score.getScore(),
                score.getScoreUnit(),
                score.getScoreError(),
                allocated == null ? "not measured" : String.format(Locale.ROOT, "%,.0f bytes", allocated.getScore()));
    }
}
