package io.alexstream.gpubench;

import ai.onnxruntime.OnnxTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;

/** Runs of one batch after another through ONNX Runtime with nothing around it. Stateless. */
final class BareLoops {

    private BareLoops() {}

    /** Every precision and batch size, alone on the device. */
    static List<LoopRow> one(Setting setting) throws Exception {
        List<LoopRow> rows = new ArrayList<>();
        for (Precision precision : Precision.on(setting.device())) {
            try (BareSession session = open(setting, precision)) {
                for (int batch : setting.batches()) {
                    rows.add(LoopRow.of(precision, batch, measure(setting, session, batch, () -> {})));
                }
            }
        }
        return rows;
    }

    /** Two sessions at once on one device, each on a thread of its own; the rows count both. */
    static List<LoopRow> two(Setting setting) throws Exception {
        List<LoopRow> rows = new ArrayList<>();
        Precision precision = defaultPrecision(setting);
        try (BareSession first = open(setting, precision);
                BareSession second = open(setting, precision)) {
            for (int batch : setting.batches()) {
                Phaser bothWarm = new Phaser(2);
                List<Callable<Timing>> loops = new ArrayList<>();
                for (BareSession session : List.of(first, second)) {
                    loops.add(() -> {
                        try {
                            return measure(setting, session, batch, bothWarm::arriveAndAwaitAdvance);
                        } finally {
                            // One that fails before it is warm does not keep the other waiting.
                            bothWarm.arriveAndDeregister();
                        }
                    });
                }
                List<Timing> timings = together(loops);
                double both = timings.stream()
                        .mapToDouble(timing -> timing.imagesPerSecond(batch))
                        .sum();
                rows.add(new LoopRow(precision, batch, both, timings.get(0), null));
            }
        }
        return rows;
    }

    /**
     * Runs each on a thread of its own. Returns, or throws what the first of them threw, when all have ended: a session that
     * is closed while it runs ends the process.
     */
    static <T> List<T> together(List<Callable<T>> tasks) throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> ended : threads.invokeAll(tasks)) {
                results.add(ended.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    /** The operator's. */
    static Precision defaultPrecision(Setting setting) {
        List<Precision> precisions = Precision.on(setting.device());
        return precisions.get(precisions.size() - 1);
    }

    private static BareSession open(Setting setting, Precision precision) throws Exception {
        return BareSession.of(setting.model().model(), setting.device(), precision, Device.HEURISTIC);
    }

    /** @param before awaited after the first run, which may have to tune the device */
    private static Timing measure(Setting setting, BareSession session, int batch, Timing.Run before) throws Exception {
        try (OnnxTensor frames = frames(setting, session, batch)) {
            session.run(frames);
            before.once();
            return Timing.measure(setting.cell(), () -> session.run(frames));
        }
    }

    /** The golden frames, over and over, as the input of a batch. */
    static OnnxTensor frames(Setting setting, BareSession session, int batch) throws Exception {
        ByteBuffer frames = GoldenFrames.repeated(setting.model(), batch);
        int height = setting.model().manifest().input().height();
        int width = setting.model().manifest().input().width();
        return session.bytes(frames, batch, height, width, 3);
    }
}
