package io.alexstream.image;

/**
 * Pillow's bilinear weights of one axis ({@code precompute_coeffs} and {@code normalize_coeffs_8bpc} in {@code
 * libImaging/Resample.c}), for the crop's positions only: output i is the sum of {@code count[i]} inputs from {@code first[i]}
 * on, times the weights from {@code i * size} on. Confined to one thread. Set anew for each picture that differs from the last
 * one in size; the arrays are kept, and hold more than is used after a larger one.
 */
final class TriangleFilter {

    /** Bits after the point: 32, less 8 for the value, less 2 for overshoot and sign. */
    static final int PRECISION_BITS = 32 - 8 - 2;

    int size;
    int[] first = {};
    int[] count = {};
    int[] weights = {};
    private double[] exact = {};
    private int inputs;
    private long outputs;
    private long from;
    private int length;

    /** Weights for outputs {@code from} to {@code from + length - 1} of {@code outputs} that cover {@code inputs}. */
    void set(int inputs, long outputs, long from, int length) {
        if (inputs == this.inputs && outputs == this.outputs && from == this.from && length == this.length) {
            return;
        }
        this.inputs = inputs;
        this.outputs = outputs;
        this.from = from;
        this.length = length;
        double scale = (double) inputs / outputs;
        double support = Math.max(scale, 1.0);
        size = (int) Math.ceil(support) * 2 + 1;
        grow();
        for (int i = 0; i < length; i++) {
            weigh(i, (from + i + 0.5) * scale, support);
        }
    }

    private void grow() {
        if (first.length < length) {
            first = new int[length];
            count = new int[length];
        }
        if (weights.length < length * size) {
            weights = new int[length * size];
        }
        if (exact.length < size) {
            exact = new double[size];
        }
    }

    private void weigh(int i, double center, double support) {
        first[i] = Math.max(0, (int) (center - support + 0.5));
        count[i] = Math.min(inputs, (int) (center + support + 0.5)) - first[i];
        double sum = 0;
        for (int k = 0; k < count[i]; k++) {
            exact[k] = triangle((k + first[i] - center + 0.5) * (1.0 / support));
            sum += exact[k];
        }
        for (int k = 0; k < count[i]; k++) {
            weights[i * size + k] = fixedPoint(sum == 0 ? exact[k] : exact[k] / sum);
        }
    }

    /** The input after the last that any output needs. */
    int end() {
        return first[length - 1] + count[length - 1];
    }

    private static double triangle(double x) {
        double distance = Math.abs(x);
        return distance < 1 ? 1 - distance : 0;
    }

    private static int fixedPoint(double weight) {
        return (int) ((weight < 0 ? -0.5 : 0.5) + weight * (1 << PRECISION_BITS));
    }
}
