package io.alexstream.bench;

import io.alexstream.demo.EngineMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** How many frames travel in full batches while more wait, by number of slots. Confined to one thread. */
final class Fill {

    private static final double GOAL = 0.95;
    private static final List<Integer> SLOTS = List.of(1, 2, 4);

    /** Half of the throughput part's rounds: this is a count, not a time. */
    private static final double RATE = 45;

    /** Counted where rounds are short. */
    private static final int LEAST_BATCHES = 8;

    private static final long LOOK_MILLIS = 20;

    /** The counters at one moment. */
    private record Counted(long frames, long fullBatches, long batches) {

        static Counted now() {
            return new Counted(
                    EngineMetrics.sum("framesRun"), EngineMetrics.sum("FULL"), EngineMetrics.sum("batchesRun"));
        }
    }

    private Fill() {}

    static void measure(Setting setting) throws Exception {
        Machine machine = new Machine(setting.kafka());
        List<String> lines = new ArrayList<>();
        lines.add("Share of frames in full batches of " + BareLoop.BATCH
                + " while the topic holds more than the job can take; first and last frames left out.");
        lines.add("");
        lines.add("| Slots | Measured | Goal | | Frames | Mean batch |");
        lines.add("| --- | ---: | --- | --- | ---: | ---: |");
        for (int slots : SLOTS) {
            try (JobRun job = JobRun.deployed(
                    setting.kafka(),
                    setting.work(),
                    setting.options().directory(),
                    "fill-" + slots,
                    slots,
                    DeliveryGuarantee.EXACTLY_ONCE)) {
                lines.add(measure(setting, job, slots));
            }
        }
        setting.report().chapter("fill", "Full batches", machine.noise(), lines);
    }

    private static String measure(Setting setting, JobRun job, int slots) throws Exception {
        // In flight at the end: three batches a slot, after which the queue runs dry.
        int ends = (2 + 3 * slots) * BareLoop.BATCH;
        int frames = Math.max(setting.frames(RATE), ends + LEAST_BATCHES * BareLoop.BATCH);
        Counted start = Counted.now();
        try (AppendTimes outputs = job.outputs()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            job.publish(frames);
            Counted first = awaitFrames(job, done, start.frames() + 2 * BareLoop.BATCH);
            Counted end = awaitFrames(job, done, start.frames() + frames - 3L * slots * BareLoop.BATCH);
            outputs.awaitMillis(frames, job::requireAlive);
            long counted = end.frames() - first.frames();
            double share = (double) BareLoop.BATCH * (end.fullBatches() - first.fullBatches()) / counted;
            return Report.goal(Integer.toString(slots), share, "", GOAL, true)
                    + String.format(
                            java.util.Locale.ROOT,
                            " %d | %.1f |",
                            counted,
                            (double) counted / (end.batches() - first.batches()));
        }
    }

    private static Counted awaitFrames(JobRun job, CompletableFuture<Void> never, long frames) throws Exception {
        Counted now = Counted.now();
        while (now.frames() < frames) {
            job.requireAlive();
            try {
                never.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                now = Counted.now();
            }
        }
        return now;
    }
}
