package io.alexstream.model.data;

/**
 * Seeds of seeds: what is random in a training is a function of its seed and of the place where it is used, so that there is no
 * state of a generator to keep.
 */
public final class Seeds {

    /** SplitMix64's increment, 2^64 divided by the golden ratio. */
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** A seed for each pair of numbers under a seed. */
    public static long of(long seed, long first, long second) {
        return mix(mix(mix(seed + GOLDEN_GAMMA) + first) + GOLDEN_GAMMA * second);
    }

    /** SplitMix64's finaliser, Stafford's variant 13. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
