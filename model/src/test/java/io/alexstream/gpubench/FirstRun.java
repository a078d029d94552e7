package io.alexstream.gpubench;

import ai.onnxruntime.OnnxTensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a batch size costs when a session meets it first, smaller sizes having run before: what warming up has to pay.
 *
 * @param search how cuDNN picks its convolutions; {@code -} on CPU, which does not search
 * @param memoryMegabytes that the device, or on CPU the process, holds afterwards; null where it cannot be asked
 */
record FirstRun(
        String search,
        int batch,
        double firstMillis,
        double secondMillis,
        @Nullable Long memoryMegabytes) {

    static final List<String> TITLES = List.of("search", "batch", "first run ms", "second run ms", "memory MB");

    static List<FirstRun> measure(Setting setting) throws Exception {
        List<FirstRun> runs = new ArrayList<>();
        List<String> searches =
                setting.device().isCuda() ? List.of(Device.HEURISTIC, Device.EXHAUSTIVE) : List.of(Device.HEURISTIC);
        DeviceMemory memory = DeviceMemory.of(setting.device());
        for (String search : searches) {
            try (BareSession session = BareSession.of(
                    setting.model().model(), setting.device(), BareLoops.defaultPrecision(setting), search)) {
                for (int batch : setting.batches()) {
                    try (OnnxTensor frames = BareLoops.frames(setting, session, batch)) {
                        double first = millis(session, frames);
                        double second = millis(session, frames);
                        String name = setting.device().isCuda() ? search : "-";
                        runs.add(new FirstRun(name, batch, first, second, memory.megabytes()));
                    }
                }
            }
        }
        return runs;
    }

    private static double millis(BareSession session, OnnxTensor frames) throws Exception {
        long start = System.nanoTime();
        session.run(frames);
        return (System.nanoTime() - start) / 1e6;
    }

    List<String> cells() {
        return List.of(
                search,
                Integer.toString(batch),
                Table.number(firstMillis, 2),
                Table.number(secondMillis, 2),
                memoryMegabytes == null ? "?" : memoryMegabytes.toString());
    }
}
