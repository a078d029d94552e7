package io.alexstream.gpubench;

import ai.onnxruntime.OrtException;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of the bench: the device is checked first, then the parts follow each other. Confined to one thread. */
final class Measurement {

    private final Setting setting;
    private final Set<Part> parts;
    private final BenchReport report;

    Measurement(Setting setting, Set<Part> parts, BenchReport report) {
        this.setting = setting;
        this.parts = parts;
        this.report = report;
    }

    /**
     * Measures, prints and writes the results.
     *
     * @return whether all that must hold does: the device's answers, and memory over swaps
     * @throws io.alexstream.inference.InferenceException PROVIDER_UNAVAILABLE where the asked device cannot be used
     */
    boolean run(Path out, String command) throws Exception {
        requireDevice();
        MachineFacts machine = MachineFacts.of(setting.device());
        report.table("Machine", List.of("", ""), machine.rows());
        Boolean everyNode = everyNodeOnDevice();
        if (everyNode != null) {
            report.line(everyNode ? "every node of the graph runs on CUDA" : "SOME NODES OF THE GRAPH RUN ON CPU");
        }

        Ceilings ceilings = parts.contains(Part.CEILINGS) ? Ceilings.measure(setting) : null;
        if (ceilings != null) {
            report.table("Ceilings, each measured alone", List.of("", ""), ceilings.rows());
        }
        List<LoopRow> bare = parts.contains(Part.BARE) ? BareLoops.one(setting) : null;
        loops("Bare ONNX Runtime, one session", bare);
        List<FloorRow> floor = ceilings == null || bare == null ? null : FloorRow.of(setting, ceilings, bare);
        if (floor != null) {
            report.table(
                    "Floor of a batch, and what the bare loop reached",
                    FloorRow.TITLES,
                    floor.stream().map(FloorRow::cells).toList());
        }
        List<LoopRow> operator = parts.contains(Part.OPERATOR) ? against(bare, OperatorLoops.measure(setting)) : null;
        loops("The operator's session and batcher, frames ready", operator);
        List<FrameRow> frames = parts.contains(Part.FRAMES) ? FrameLoops.measure(setting) : null;
        if (frames != null) {
            report.table(
                    "The whole frame path, JPEGs from files",
                    FrameRow.TITLES,
                    frames.stream().map(FrameRow::cells).toList());
        }
        List<LoopRow> two = parts.contains(Part.TWO) ? against(bare, BareLoops.two(setting)) : null;
        loops("Bare ONNX Runtime, two sessions at once", two);
        List<FirstRun> first = parts.contains(Part.FIRST) ? FirstRun.measure(setting) : null;
        if (first != null) {
            report.table(
                    "First run of every batch size in a new session",
                    FirstRun.TITLES,
                    first.stream().map(FirstRun::cells).toList());
        }
        List<Numerics> numerics = parts.contains(Part.NUMERICS) ? Numerics.measure(setting) : null;
        if (numerics != null) {
            report.table(
                    "Answers against the CPU's, golden frames",
                    Numerics.TITLES,
                    numerics.stream().map(Numerics::cells).toList());
        }
        SwapRounds swaps = parts.contains(Part.SWAPS) ? SwapRounds.measure(setting) : null;
        if (swaps != null) {
            report.table("Swaps", SwapRounds.TITLES, List.of(swaps.cells()));
        }
        report.write(
                out,
                new BenchReport.Content(
                        Instant.now(),
                        command,
                        setting.device().provider(),
                        everyNode,
                        machine,
                        setting.model().ref().toString(),
                        setting.multiplyAdds(),
                        setting.weightBytes(),
                        setting.frameBytes(),
                        ceilings,
                        bare,
                        floor,
                        operator,
                        frames,
                        two,
                        first,
                        numerics,
                        swaps));
        return (numerics == null || numerics.stream().allMatch(Numerics::holds))
                && (swaps == null || !Boolean.FALSE.equals(swaps.isFlat()));
    }

    /** Opens and runs a session as the operator does, which never takes the CPU where CUDA was asked. */
    private void requireDevice() {
        try (InferenceSession session = new OnnxSessionFactory(
                        setting.device().options(BareLoops.defaultPrecision(setting)))
                .open(setting.model().model())) {
            if (session.executionProvider() != setting.device().provider()) {
                throw new BenchException("asked for " + setting.device().provider() + ", but the session runs on "
                        + session.executionProvider());
            }
        }
    }

    /** Null on CPU. */
    private @Nullable Boolean everyNodeOnDevice() throws OrtException {
        if (!setting.device().isCuda()) {
            return null;
        }
        try (BareSession session = BareSession.strict(setting.model().model(), setting.device())) {
            return true;
        } catch (OrtException e) {
            if (String.valueOf(e.getMessage()).contains("fallback")) {
                return false;
            }
            throw e;
        }
    }

    private void loops(String title, @Nullable List<LoopRow> rows) {
        if (rows != null) {
            report.table(
                    title, LoopRow.TITLES, rows.stream().map(LoopRow::cells).toList());
        }
    }

    private static List<LoopRow> against(@Nullable List<LoopRow> bare, List<LoopRow> rows) {
        return bare == null ? rows : LoopRow.against(rows, bare);
    }
}
