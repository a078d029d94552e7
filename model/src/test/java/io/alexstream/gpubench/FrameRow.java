package io.alexstream.gpubench;

import java.util.List;

/**
 * The whole frame path at one batch size: fetched from files, decoded, batched, classified.
 *
 * @param meanBatch frames in a batch; well below the size where decoding is the limit
 * @param decodeShare of the decoding threads' time that they decoded: near 1 where decoding is the limit
 * @param deviceShare of the time in which a batch ran: near 1 where the device is
 * @param runs of batches
 */
record FrameRow(
        int batch, double imagesPerSecond, double meanBatch, double decodeShare, double deviceShare, Timing runs) {

    static final List<String> TITLES =
            List.of("batch", "images/s", "mean batch", "decode share", "device share", "run p50 ms", "run p99 ms");

    List<String> cells() {
        return List.of(
                Integer.toString(batch),
                Table.number(imagesPerSecond, 0),
                Table.number(meanBatch, 1),
                Table.number(decodeShare, 2),
                Table.number(deviceShare, 2),
                Table.number(runs.p50Millis(), 3),
                Table.number(runs.p99Millis(), 3));
    }
}
