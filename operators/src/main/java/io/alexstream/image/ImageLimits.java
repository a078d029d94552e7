package io.alexstream.image;

/**
 * What decoding one image may cost, and all of them together.
 *
 * @param maxPixels most pixels, width x height as the header says
 * @param maxScans most scans of a JPEG: each costs a pass over all pixels, whatever its length
 * @param memoryBudget most bytes that decoding may take at once over all threads; an image that alone takes more is
 *     refused
 */
public record ImageLimits(long maxPixels, int maxScans, long memoryBudget) {

    /** Rows are arrays of at most four bytes a pixel, and an image may be one row. */
    private static final long MOST_PIXELS = Integer.MAX_VALUE / 4;

    public ImageLimits {
        if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
            throw new IllegalArgumentException("maxPixels must be 1 to " + MOST_PIXELS + ", was " + maxPixels);
        }
        if (maxScans < 1) {
            throw new IllegalArgumentException("maxScans must be positive, was " + maxScans);
        }
        if (memoryBudget < 0) {
            throw new IllegalArgumentException("memoryBudget must not be negative, was " + memoryBudget);
        }
    }

    /** 50 megapixels and 100 scans (DESIGN 7), 256 MiB over all threads: a quarter of a 3 GiB TaskManager's heap. */
    public static ImageLimits ofDefaults() {
        return new ImageLimits(50_000_000, 100, 256L << 20);
    }
}
