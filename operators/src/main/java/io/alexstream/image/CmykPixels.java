package io.alexstream.image;

import java.awt.image.Raster;

/**
 * JPEGs of four channels as RGB: inverted as Adobe writes them, which Pillow takes for granted, and by the arithmetic of
 * Pillow's {@code cmyk2rgb}. Luminance and chroma become ink first as in libjpeg's {@code ycck_cmyk_convert}.
 */
final class CmykPixels {

    /** Bits after the point of libjpeg's colour factors, and one half. */
    private static final int SCALE = 16;

    private static final int HALF = 1 << (SCALE - 1);

    private CmykPixels() {}

    /** The pixels of a raster of stored samples; {@code ycck} where the first three are luminance and chroma. */
    static DecodedImage of(Raster raster, boolean ycck) {
        return RasterPixels.copied(raster, ycck ? CmykPixels::ofYcck : CmykPixels::ofCmyk);
    }

    private static int ofCmyk(int[] samples, int at) {
        return color(samples[at], samples[at + 1], samples[at + 2], samples[at + 3]);
    }

    private static int ofYcck(int[] samples, int at) {
        int luma = samples[at];
        int blueness = samples[at + 1] - 128;
        int redness = samples[at + 2] - 128;
        int cyan = 255 - (luma + ((fixed(1.40200) * redness + HALF) >> SCALE));
        int magenta = 255 - (luma + ((HALF - fixed(0.34414) * blueness - fixed(0.71414) * redness) >> SCALE));
        int yellow = 255 - (luma + ((fixed(1.77200) * blueness + HALF) >> SCALE));
        return color(clip(cyan), clip(magenta), clip(yellow), samples[at + 3]);
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << SCALE) + 0.5);
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private static int color(int cyan, int magenta, int yellow, int white) {
        return inked(cyan, white) << 16 | inked(magenta, white) << 8 | inked(yellow, white);
    }

    /** White under this much ink; both values are stored inverted. The shifts are Pillow's division by 255. */
    private static int inked(int paper, int white) {
        int ink = (255 - paper) * white + 128;
        return Math.max(0, white - (((ink >> 8) + ink) >> 8));
    }
}
