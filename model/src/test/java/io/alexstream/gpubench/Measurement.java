package io.alexstream.gpubench;

import ai.onnxruntime.OrtException;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import java.io.IOException;
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
    private @Nullable Boolean everyNodeOnDevice;
    private @Nullable Ceilings ceilings;
    private @Nullable List<LoopRow> bare;
    private @Nullable List<FloorRow> floor;
    private @Nullable List<LoopRow> operator;
    private @Nullable List<FrameRow> frames;
    private @Nullable List<LoopRow> twoSessions;
    private @Nullable List<FirstRun> firstRuns;
    private @Nullable List<Numerics> numerics;
    private @Nullable SwapRounds swaps;

    Measurement(Setting setting, Set<Part> parts, BenchReport report) {
        this.setting = setting;
        this.parts = parts;
        this.report = report;
    }

    /**
     * Measures, prints and writes the results; where a part fails, those before it are written all the same.
     *
     * @return whether all that must hold does: the device's answers, and memory over swaps
     * @throws io.alexstream.inference.InferenceException PROVIDER_UNAVAILABLE where the asked device cannot be used
     */
    boolean run(Path out, String command) throws Exception {
        requireDevice();
        MachineFacts machine = MachineFacts.of(setting.device());
        report.table("Machine", List.of("", ""), machine.rows());
        try {
            everyNodeOnDevice = everyNodeOnDevice();
            for (Part part : parts) {
                measure(part);
            }
        } finally {
            write(out, command, machine);
        }
        return (numerics == null || numerics.stream().allMatch(Numerics::holds))
                && (swaps == null || !Boolean.FALSE.equals(swaps.isFlat()));
    }

    private void measure(Part part) throws Exception {
        switch (part) {
            case CEILINGS -> measureCeilings();
            case BARE -> {
                bare = loops("Bare ONNX Runtime, one session", BareLoops.one(setting));
                tellFloor();
            }
            case OPERATOR ->
                operator = loops("The operator's session and batcher, frames ready", OperatorLoops.measure(setting));
            case FRAMES -> {
                frames = FrameLoops.measure(setting);
                report.table(
                        "The whole frame path, JPEGs from files",
                        FrameRow.TITLES,
                        frames.stream().map(FrameRow::cells).toList());
            }
            case TWO -> twoSessions = loops("Bare ONNX Runtime, two sessions at once", BareLoops.two(setting));
            case FIRST -> {
                firstRuns = FirstRun.measure(setting);
                report.table(
                        "First run of every batch size in a new session",
                        FirstRun.TITLES,
                        firstRuns.stream().map(FirstRun::cells).toList());
            }
            case NUMERICS -> {
                numerics = Numerics.measure(setting);
                report.table(
                        "Answers against the CPU's, golden frames",
                        Numerics.TITLES,
                        numerics.stream().map(Numerics::cells).toList());
            }
            case SWAPS -> {
                swaps = SwapRounds.measure(setting);
                report.table("Swaps", SwapRounds.TITLES, List.of(swaps.cells()));
            }
        }
    }

    /** Without them there is no floor, but everything else is worth measuring. */
    private void measureCeilings() throws Exception {
        try {
            ceilings = Ceilings.measure(setting);
            report.table("Ceilings, each measured alone", List.of("", ""), ceilings.rows());
        } catch (OrtException | BenchException e) {
            report.line("");
            report.line("No ceilings, and so no floor: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private void tellFloor() {
        if (ceilings != null && bare != null) {
            floor = FloorRow.of(setting, ceilings, bare);
            report.table(
                    "Floor of a batch, and what the bare loop reached",
                    FloorRow.TITLES,
                    floor.stream().map(FloorRow::cells).toList());
        }
    }

    private List<LoopRow> loops(String title, List<LoopRow> rows) {
        List<LoopRow> compared = bare == null ? rows : LoopRow.against(rows, bare);
        report.table(
                title, LoopRow.TITLES, compared.stream().map(LoopRow::cells).toList());
        return compared;
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
        boolean every = true;
        try {
            BareSession.strict(setting.model().model(), setting.device()).close();
        } catch (OrtException e) {
            // ONNX Runtime's sentence on session.disable_cpu_ep_fallback.
            if (!String.valueOf(e.getMessage()).contains("fallback to CPU EP")) {
                throw e;
            }
            every = false;
        }
        report.line(every ? "every node of the graph runs on CUDA" : "SOME NODES OF THE GRAPH RUN ON CPU");
        return every;
    }

    private void write(Path out, String command, MachineFacts machine) throws IOException {
        report.write(
                out,
                new BenchReport.Content(
                        Instant.now(),
                        command,
                        setting.device().provider(),
                        everyNodeOnDevice,
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
                        twoSessions,
                        firstRuns,
                        numerics,
                        swaps));
    }
}
