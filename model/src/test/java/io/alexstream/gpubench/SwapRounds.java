package io.alexstream.gpubench;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.serving.FrameOutcome;
import io.alexstream.serving.ModelSwapper;
import io.alexstream.serving.ServingRuntime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Swaps between two versions of the model in the operator's runtime: does each leave as much memory as it took?
 *
 * @param swaps how many there were
 * @param medianMillis of one, from the request until the new version serves
 * @param slowestMillis of them all
 * @param beforeMegabytes in use before the first one; null where it cannot be asked, as the next two
 * @param settledMegabytes after the tenth, when allocators have seen everything
 * @param afterMegabytes after the last, its old version closed
 */
record SwapRounds(
        int swaps,
        double medianMillis,
        double slowestMillis,
        @Nullable Long beforeMegabytes,
        @Nullable Long settledMegabytes,
        @Nullable Long afterMegabytes) {

    private static final int SETTLED = 10;

    /** Growth from the tenth swap to the last that counts as none. */
    private static final double FLAT = 0.05;

    private static final long PATIENCE_SECONDS = 300;
    private static final long POLL_NANOS = 10_000_000;

    static final List<String> TITLES =
            List.of("swaps", "median ms", "slowest ms", "MB before", "MB after 10", "MB after all", "flat");

    static SwapRounds measure(Setting setting) throws Exception {
        List<ModelRef> versions = List.of(setting.model().ref(), SecondVersion.of(setting));
        String picture = FrameLoops.uris(setting.pictures()).get(0);
        DeviceMemory memory = DeviceMemory.of(setting.device());
        List<Long> nanos = new ArrayList<>();
        try (ServingRuntime runtime = Serving.start(setting, setting.largestBatch())) {
            classify(runtime, picture, versions.get(0));
            Long before = memory.megabytes();
            Long settled = null;
            long events = runtime.models().standing().events();
            for (int i = 0; i < setting.swaps(); i++) {
                ModelRef next = versions.get((i + 1) % versions.size());
                long start = System.nanoTime();
                swap(runtime.models(), next, i);
                nanos.add(System.nanoTime() - start);
                classify(runtime, picture, next);
                events = awaitRetired(runtime.models(), versions.get(i % versions.size()), events);
                if (i + 1 == SETTLED) {
                    settled = memory.megabytes();
                }
            }
            Timing timing = Timing.of(nanos);
            double slowest = nanos.stream().mapToLong(Long::longValue).max().orElseThrow() / 1e6;
            return new SwapRounds(setting.swaps(), timing.p50Millis(), slowest, before, settled, memory.megabytes());
        }
    }

    private static void swap(ModelSwapper models, ModelRef next, int offset) throws Exception {
        ModelUpdate update = new ModelUpdate(next.name(), next.version(), next.uri(), next.sha256(), Instant.now());
        models.request(new PublishedUpdate(0, offset, update)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!models.serving().model().sha256().equals(next.sha256())) {
            throw new BenchException("swap " + (offset + 1) + " was refused: "
                    + models.standing().refused());
        }
    }

    /** The old version closes with its last batch, a moment after the new one serves. Returns how many events there were. */
    private static long awaitRetired(ModelSwapper models, ModelRef old, long seen) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            ModelSwapper.News news = models.eventsSince(seen);
            if (news.events().stream()
                    .anyMatch(event -> event.state() == ModelStatus.State.RETIRED
                            && event.model().sha256().equals(old.sha256()))) {
                return news.seen();
            }
            if (System.nanoTime() > end) {
                throw new BenchException("an old version was not closed within " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static void classify(ServingRuntime runtime, String picture, ModelRef model) throws Exception {
        FrameOutcome outcome =
                runtime.classify(picture, model, new BatchTimes()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!(outcome instanceof FrameOutcome.Predicted predicted)
                || !predicted.model().sha256().equals(model.sha256())) {
            throw new BenchException("after a swap a picture was not classified by the new version: " + outcome);
        }
    }

    /** Null where there were too few swaps or the memory cannot be asked. */
    @Nullable
    Boolean isFlat() {
        return settledMegabytes == null || afterMegabytes == null || swaps <= SETTLED
                ? null
                : afterMegabytes <= settledMegabytes * (1 + FLAT);
    }

    List<String> cells() {
        Boolean flat = isFlat();
        return List.of(
                Integer.toString(swaps),
                Table.number(medianMillis, 0),
                Table.number(slowestMillis, 0),
                text(beforeMegabytes),
                text(settledMegabytes),
                text(afterMegabytes),
                flat == null ? "not known" : flat ? "yes" : "NO");
    }

    private static String text(@Nullable Long megabytes) {
        return megabytes == null ? "?" : megabytes.toString();
    }
}
