package io.alexstream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code report.md}. Each part leaves its chapter as a file, so that the soak can be made on another day than the rest; a
 * chapter says when and with which command it was made. Confined to one thread.
 */
final class Report {

    private static final List<String> CHAPTERS =
            List.of("throughput.md", "fill.md", "latency.md", "swap.md", "soak.md", "swap-soak.md");
    private static final String JMH = "jmh.md";

    private final Path directory;
    private final String command;

    Report(Path directory, String command) {
        this.directory = directory;
        this.command = command;
    }

    /** Writes or replaces a part's chapter, and the report with it. */
    void chapter(String part, String title, String noise, List<String> lines) throws IOException {
        List<String> text = new ArrayList<>();
        text.add("## " + title);
        text.add("");
        text.add("`" + command + "`, ended " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ". " + noise);
        text.add("");
        text.addAll(lines);
        Files.writeString(directory.resolve(part + ".md"), String.join("\n", text) + "\n");
        lines.forEach(System.out::println);
        write();
    }

    Path write() throws IOException {
        StringBuilder report = new StringBuilder("# AlexStream: measured\n\n" + Machine.description() + "\n");
        for (String chapter : CHAPTERS) {
            Path file = directory.resolve(chapter);
            if (Files.exists(file)) {
                report.append('\n').append(Files.readString(file));
            }
        }
        Path jmh = directory.resolve(JMH);
        if (Files.exists(jmh)) {
            report.append(
                            "\n## JMH\n\nOne thread. `decodeAndFilter` is images a second and core, by decoder and size of a drawn JPEG.\n\n")
                    .append(Files.readString(jmh));
        }
        Path file = directory.resolve("report.md");
        Files.writeString(file, report);
        return file;
    }

    /** One line of a table of goals. */
    static String goal(String what, double measured, String unit, double goal, boolean isAtLeast) {
        boolean reached = isAtLeast ? measured >= goal : measured <= goal;
        return String.format(
                Locale.ROOT,
                "| %s | %.3f%s | %s %.2f%s | %s |",
                what,
                measured,
                unit,
                isAtLeast ? "at least" : "at most",
                goal,
                unit,
                reached ? "reached" : "**missed**");
    }
}
