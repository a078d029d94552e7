package io.alexstream.gpubench;

import io.alexstream.contract.Json;
import io.alexstream.inference.ExecutionProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured; a part that was not asked for is null. Printed line by line while it grows, then written as JSON.
 * Confined to one thread.
 */
final class BenchReport {

    /** What {@code results.json} holds. */
    record Content(
            Instant at,
            String command,
            ExecutionProvider executionProvider,
            @Nullable Boolean everyNodeOnDevice,
            MachineFacts machine,
            String model,
            @Nullable Long multiplyAdds,
            long weightBytes,
            int frameBytes,
            @Nullable Ceilings ceilings,
            @Nullable List<LoopRow> bare,
            @Nullable List<FloorRow> floor,
            @Nullable List<LoopRow> operator,
            @Nullable List<FrameRow> frames,
            @Nullable List<LoopRow> twoSessions,
            @Nullable List<FirstRun> firstRuns,
            @Nullable List<Numerics> numerics,
            @Nullable SwapRounds swaps) {}

    private final Consumer<String> print;
    private final List<String> text = new ArrayList<>();

    /** @param print told of every line at once */
    BenchReport(Consumer<String> print) {
        this.print = print;
    }

    void line(String line) {
        text.add(line);
        print.accept(line);
    }

    void table(String title, List<String> titles, List<List<String>> rows) {
        Table.lines(title, titles, rows).forEach(this::line);
    }

    /** Writes {@code results.json} and, for people, {@code results.txt}. */
    void write(Path folder, Content content) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("results.json"), Json.toPrettyBytes(content));
        Files.write(folder.resolve("results.txt"), text);
    }
}
