package io.alexstream.model.network;

/**
 * Normal deviates of mean 0 and deviation 1, the same on every JVM: SplitMix64 (Steele, Lea, Flood 2014, figure 17, the
 * constants of Stafford's variant 13) and Marsaglia's polar method with {@link StrictMath}. The JDK's own generators do not
 * specify how they make a normal deviate, or have 48 bits of state only. Confined to one thread.
 */
public final class NormalDeviates {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;
    private double spare;
    private boolean hasSpare;

    /** @param stream another one is another sequence of the same seed */
    public NormalDeviates(long seed, int stream) {
        state = mix(mix(seed + GOLDEN_GAMMA) + stream);
    }

    public double next() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double x;
        double y;
        double radius;
        do {
            x = 2 * uniform() - 1;
            y = 2 * uniform() - 1;
            radius = x * x + y * y;
        } while (radius >= 1 || radius == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(radius) / radius);
        spare = y * factor;
        hasSpare = true;
        return x * factor;
    }

    /** From 0 inclusive to 1 exclusive, 53 bits. */
    private double uniform() {
        state += GOLDEN_GAMMA;
        return (mix(state) >>> 11) * 0x1.0p-53;
    }

    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
