package io.alexstream.contract;

import java.util.Objects;

/**
 * The frames a model takes, and how an image becomes one: shorter side to {@code resize}, then a crop of
 * {@code height} x {@code width} pixels, RGB, one byte a channel, rows from the top, no padding between rows.
 *
 * @param resize length of the shorter side after resizing, in pixels
 * @param crop only {@code center}
 * @param interpolation only {@code bilinear-antialias}: torchvision's default on PIL images
 */
public record InputSpec(int height, int width, int resize, String crop, String interpolation) {

    /** Crop from the middle, as torchvision's {@code CenterCrop}. */
    public static final String CENTER = "center";

    /** Triangle filter widened by the scale, as Pillow's {@code BILINEAR}. */
    public static final String BILINEAR_ANTIALIAS = "bilinear-antialias";

    /** Longest side of a frame: beyond it a batch of 32 would pass 1.6 GB. */
    private static final int MAX_SIDE = 4096;

    public InputSpec {
        Objects.requireNonNull(crop, "crop");
        Objects.requireNonNull(interpolation, "interpolation");
        if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
            throw new IllegalArgumentException(
                    "input height and width must be 1 to " + MAX_SIDE + ", were " + height + " x " + width);
        }
        if (resize < Math.max(height, width) || resize > 2 * MAX_SIDE) {
            throw new IllegalArgumentException("input resize must be at least the crop of " + height + " x " + width
                    + " and at most " + 2 * MAX_SIDE + ", was " + resize);
        }
        if (!crop.equals(CENTER)) {
            throw OneLine.refusal("input crop must be " + CENTER, crop);
        }
        if (!interpolation.equals(BILINEAR_ANTIALIAS)) {
            throw OneLine.refusal("input interpolation must be " + BILINEAR_ANTIALIAS, interpolation);
        }
    }

    /** A square centre crop of {@code size} pixels after resizing the shorter side to {@code resize}. */
    public static InputSpec square(int size, int resize) {
        return new InputSpec(size, size, resize, CENTER, BILINEAR_ANTIALIAS);
    }

    /** Bytes of one frame: height x width x 3. */
    public int frameBytes() {
        return height * width * 3;
    }
}
