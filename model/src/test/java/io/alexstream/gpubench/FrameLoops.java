package io.alexstream.gpubench;

import io.alexstream.contract.ModelRef;
import io.alexstream.serving.FrameOutcome;
import io.alexstream.serving.ServingRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The operator's whole runtime on pictures in files, at its default precision. Stateless. */
final class FrameLoops {

    /** As the job: three times the largest batch, and what the decoders hold. */
    private static final int BATCHES_IN_FLIGHT = 3;

    private static final long PATIENCE_SECONDS = 120;

    private FrameLoops() {}

    static List<FrameRow> measure(Setting setting) throws Exception {
        List<String> uris = uris(setting.pictures());
        List<FrameRow> rows = new ArrayList<>();
        for (int batch : setting.batches()) {
            rows.add(measure(setting, batch, uris));
        }
        return rows;
    }

    /** @throws BenchException where the folder holds no JPEG */
    static List<String> uris(Path pictures) throws IOException {
        try (Stream<Path> files = Files.list(pictures)) {
            List<String> uris = files.filter(file -> file.toString().matches("(?i).*\\.jpe?g"))
                    .sorted()
                    .map(file -> file.toUri().toString())
                    .toList();
            if (uris.isEmpty()) {
                throw new BenchException(pictures + " holds no .jpg; name a folder that does (--pictures)");
            }
            return uris;
        }
    }

    private static FrameRow measure(Setting setting, int batch, List<String> uris) throws Exception {
        BatchTimes times = new BatchTimes();
        int threads = setting.device().threads();
        try (ServingRuntime runtime = Serving.start(setting, batch)) {
            int inFlight = BATCHES_IN_FLIGHT * batch + 2 * threads;
            classify(runtime, uris, inFlight, setting.cell().dividedBy(4), times);
            times.restart();
            long start = System.nanoTime();
            times.repeatUntilEnough(1, () -> classify(runtime, uris, inFlight, setting.cell(), times));
            double seconds = (System.nanoTime() - start) / 1e9;
            BatchTimes.Rate rate = times.rate(1);
            return new FrameRow(
                    batch,
                    rate.imagesPerSecond(),
                    rate.meanBatch(),
                    times.decodeSeconds() / seconds / threads,
                    rate.deviceShare(),
                    rate.timing());
        }
    }

    /** Keeps so many in flight until the time is over; returns once all are answered. */
    private static void classify(
            ServingRuntime runtime, List<String> uris, int inFlight, Duration time, BatchTimes times)
            throws InterruptedException {
        ModelRef model = Objects.requireNonNull(runtime.currentModel());
        Semaphore room = new Semaphore(inFlight);
        AtomicReference<String> failed = new AtomicReference<>();
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; System.nanoTime() < end && failed.get() == null; i++) {
            acquire(room, 1);
            var unused = runtime.classify(uris.get(i % uris.size()), model, times)
                    .whenComplete((outcome, failure) -> {
                        if (!(outcome instanceof FrameOutcome.Predicted)) {
                            failed.set(String.valueOf(failure == null ? outcome : failure));
                        }
                        room.release();
                    });
        }
        acquire(room, inFlight);
        if (failed.get() != null) {
            throw new BenchException("a picture was not classified: " + failed.get());
        }
    }

    private static void acquire(Semaphore room, int permits) throws InterruptedException {
        if (!room.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new BenchException("frames were not answered within " + PATIENCE_SECONDS + " s");
        }
    }
}
