package io.alexstream.gpubench;

import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.serving.ReadyFrames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The operator's sessions, batcher, inference thread and answers, on frames that need no decoding. Stateless. */
final class OperatorLoops {

    /** Copying a frame takes a hundredth of a millisecond: a few threads fill batches faster than any card runs them. */
    private static final int MOST_FEEDERS = 8;

    private OperatorLoops() {}

    static List<LoopRow> measure(Setting setting) throws Exception {
        List<LoopRow> rows = new ArrayList<>();
        ByteBuffer frame = GoldenFrames.repeated(setting.model(), 1);
        for (Precision precision : Precision.on(setting.device())) {
            for (int batch : setting.batches()) {
                rows.add(measure(setting, precision, batch, frame));
            }
        }
        return rows;
    }

    private static LoopRow measure(Setting setting, Precision precision, int batch, ByteBuffer frame) throws Exception {
        InferenceSession session = new OnnxSessionFactory(setting.device().options(precision))
                .open(setting.model().model());
        BatchTimes times = new BatchTimes();
        int feeders = Math.max(1, Math.min(MOST_FEEDERS, Runtime.getRuntime().availableProcessors() / 2));
        List<Integer> sizes = Serving.allowedSizes(batch);
        try (ReadyFrames operator = new ReadyFrames(setting.model(), session, sizes, times)) {
            Duration warmUp = setting.cell().dividedBy(4);
            operator.feed(frame, feeders, warmUp);
            times.restart();
            times.repeatUntilEnough(batch, () -> operator.feed(frame, feeders, setting.cell()));
        }
        BatchTimes.Rate rate = times.rate(batch);
        return new LoopRow(precision, batch, rate.imagesPerSecond(), rate.timing(), null);
    }
}
