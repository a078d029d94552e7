package io.alexstream.demo;

/**
 * What came of learning. Immutable but for the accuracy, which nobody changes any more.
 *
 * @param labels how many there were
 * @param slowed references a second while it learnt
 * @param verdict the gate's words
 */
record Learned(HotSwap swap, Phases phases, Accuracy accuracy, int labels, double slowed, String verdict) {

    /** Least share of pictures that it never saw, and that the new version must be right about. */
    static final double ENOUGH = 0.95;

    /** Whether the new version has answered every picture, and was right about enough of them. */
    boolean isGood() {
        int version = swap.to().version();
        return accuracy.asked(version) == accuracy.pictures() && accuracy.share(version) >= ENOUGH;
    }
}
