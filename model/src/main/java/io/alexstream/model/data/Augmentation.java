package io.alexstream.model.data;

import io.alexstream.model.network.NormalDeviates;
import io.alexstream.model.network.Shape;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * How a training image is varied each time: the 2012 paper's random crop, flip and colours (section 4.1). Immutable; the same
 * random numbers give the same frame.
 *
 * @param crop at a random place; else in the centre
 * @param flip left to right, half of the time
 * @param colour shifts all pixels along the principal components of colour
 */
public record Augmentation(boolean crop, boolean flip, boolean colour) {

    /** The paper's. */
    public static final Augmentation PAPER = new Augmentation(true, true, true);

    /** Frames as serving sees them, for tests and evaluations. */
    public static final Augmentation NONE = new Augmentation(false, false, false);

    /** Deviation of a component's strength; the paper's. */
    private static final double STRENGTH = 0.1;

    /**
     * Principal components of ImageNet's pixels on the scale 0 to 1: square roots of the variances, and directions as
     * columns. Those that fb.resnet.torch published; the paper does not give its numbers.
     */
    private static final double[] DEVIATIONS = {0.2175, 0.0188, 0.0045};

    private static final double[][] DIRECTIONS = {
        {-0.5675, 0.7192, 0.4009}, {-0.5808, -0.0045, -0.8140}, {-0.5836, -0.6948, 0.4203}
    };

    /**
     * Cuts a frame out of a square patch.
     *
     * @param side of the patch in pixels; at least that of the frame
     * @param frame its size
     * @param slot gets it at its position, which moves on
     * @param shift gets what to add to red, green and blue on the scale 0 to 1, from {@code offset} on
     */
    void write(byte[] patch, int side, Shape frame, long seed, ByteBuffer slot, float[] shift, int offset) {
        SplittableRandom random = new SplittableRandom(seed);
        int top = (side - frame.height()) / 2;
        int left = (side - frame.width()) / 2;
        if (crop) {
            top = random.nextInt(side - frame.height() + 1);
            left = random.nextInt(side - frame.width() + 1);
        }
        boolean flipped = flip && random.nextBoolean();
        for (int y = 0; y < frame.height(); y++) {
            int row = ((top + y) * side + left) * 3;
            if (flipped) {
                for (int x = frame.width() - 1; x >= 0; x--) {
                    slot.put(patch, row + x * 3, 3);
                }
            } else {
                slot.put(patch, row, frame.width() * 3);
            }
        }
        if (colour) {
            shiftOf(new NormalDeviates(seed, 0), shift, offset);
        }
    }

    private static void shiftOf(NormalDeviates deviates, float[] shift, int offset) {
        for (int component = 0; component < 3; component++) {
            double strength = deviates.next() * STRENGTH * DEVIATIONS[component];
            for (int channel = 0; channel < 3; channel++) {
                shift[offset + channel] += (float) (strength * DIRECTIONS[channel][component]);
            }
        }
    }
}
