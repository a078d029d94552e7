package io.alexstream.gpubench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast one loop was at one batch size.
 *
 * @param imagesPerSecond over the whole time
 * @param timing of the batches' runs
 * @param ofBare share of the bare loop's images a second; null for the bare loop
 */
record LoopRow(
        Precision precision,
        int batch,
        double imagesPerSecond,
        Timing timing,
        @Nullable Double ofBare) {

    static final List<String> TITLES =
            List.of("precision", "batch", "images/s", "run p50 ms", "run p99 ms", "runs", "of bare");

    static LoopRow of(Precision precision, int batch, Timing timing) {
        return new LoopRow(precision, batch, timing.imagesPerSecond(batch), timing, null);
    }

    /** Against the bare loop's row of the same precision and size, where there is one. */
    LoopRow against(List<LoopRow> bare) {
        return bare.stream()
                .filter(row -> row.precision == precision && row.batch == batch)
                .findFirst()
                .map(row ->
                        new LoopRow(precision, batch, imagesPerSecond, timing, imagesPerSecond / row.imagesPerSecond))
                .orElse(this);
    }

    static List<LoopRow> against(List<LoopRow> rows, List<LoopRow> bare) {
        List<LoopRow> compared = new ArrayList<>();
        rows.forEach(row -> compared.add(row.against(bare)));
        return compared;
    }

    List<String> cells() {
        return List.of(
                precision.toString(),
                Integer.toString(batch),
                Table.number(imagesPerSecond, 0),
                Table.number(timing.p50Millis(), 3),
                Table.number(timing.p99Millis(), 3),
                Integer.toString(timing.runs()),
                ofBare == null ? "" : Table.number(ofBare, 2));
    }
}
