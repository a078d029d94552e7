package io.alexstream.bench;

import io.alexstream.demo.HotSwap;
import java.util.List;

/**
 * Some swaps in a job that is offered one and the same rate, and what became of every image meanwhile.
 *
 * @param before it, and
 * @param after it, what the machine could do
 * @param warmsUp whether it only makes the next ones comparable
 */
record SwapStretch(List<Journey> journeys, List<HotSwap> swaps, Speed before, Speed after, boolean warmsUp) {

    /**
     * After the last subtask has flipped: the first batches of the new version, the end of the old one, and what had to wait
     * meanwhile. Images waited for up to 3 s around swaps.
     */
    static final long AFTER_MILLIS = 5000;

    /** Both figures of a speed are the same before a stretch and after it, but for this factor. */
    static final double SAME_SPEED = 1.25;

    /**
     * What the machine can do at a time.
     *
     * @param sustained images a second that the job takes while more wait
     * @param batchMillis of one full batch with nothing beside it
     */
    record Speed(double sustained, double batchMillis) {

        private boolean isAbout(Speed other) {
            return isAbout(sustained, other.sustained) && isAbout(batchMillis, other.batchMillis);
        }

        private static boolean isAbout(double one, double other) {
            return Math.max(one, other) <= SAME_SPEED * Math.min(one, other);
        }
    }

    double batchMillis() {
        return (before.batchMillis + after.batchMillis) / 2;
    }

    /**
     * Not where it warms up, nor where the machine has changed its speed: what the job was offered is another share then of what
     * it sustains.
     */
    boolean counts() {
        return !warmsUp && before.isAbout(after);
    }

    static Stall stall(List<SwapStretch> stretches) {
        return Stall.of(stretches.stream().map(SwapStretch::waits).toList());
    }

    private Stall.Stretch waits() {
        List<Stall.Window> windows = swaps.stream()
                .map(swap -> new Stall.Window(
                        swap.published().toEpochMilli(), swap.active().toEpochMilli() + AFTER_MILLIS))
                .toList();
        return new Stall.Stretch(journeys, windows, batchMillis());
    }
}
