package io.alexstream.image;

/**
 * Walks a lossless WebP (WebP Lossless Bitstream Specification, sections 4 to 6) up to its groups of codes, and bounds what
 * a decoder makes before it has read the first pixel: tables for each group, and a picture for each transform, neither of
 * which the size of the picture limits. Keeps nothing itself. Confined to one thread.
 */
final class Vp8lHeader {

    /**
     * Most groups of codes. libwebp's encoder makes at most 2,600 (its MAX_HUFF_IMAGE_SIZE). A group's five tables take
     * TwelveMonkeys 5.5 KB, 16 KB at the worst, so this is up to 64 MiB.
     */
    static final int MAX_GROUPS = 4096;

    private static final int PREDICTOR = 0;
    private static final int COLOR = 1;
    private static final int PALETTE = 3;
    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int MAX_CACHE_BITS = 11;

    private final Vp8lBits bits;
    private final int height;
    private int width;

    /** @param bits behind the size, the alpha flag and the version */
    Vp8lHeader(Vp8lBits bits, int width, int height) {
        this.bits = bits;
        this.width = width;
        this.height = height;
    }

    void check() {
        int seen = 0;
        while (bits.flag()) {
            int transform = bits.number(2);
            if ((seen & 1 << transform) != 0) {
                throw ImageException.corrupt("the WebP has a transform twice");
            }
            seen |= 1 << transform;
            transform(transform);
        }
        cacheBits();
        if (bits.flag()) {
            int groups = 1 + greatestOfSubsampled();
            if (groups > MAX_GROUPS) {
                throw ImageException.tooLarge(
                        "the WebP has " + groups + " groups of codes, the most allowed are " + MAX_GROUPS);
            }
        }
    }

    private void transform(int transform) {
        if (transform == PREDICTOR || transform == COLOR) {
            greatestOfSubsampled();
        } else if (transform == PALETTE) {
            int colors = 1 + bits.number(8);
            greatest(colors, 1);
            // Pixels of small palettes share a byte.
            int shared = colors > 16 ? 0 : colors > 4 ? 1 : colors > 2 ? 2 : 3;
            width = subsampled(width, shared);
        }
    }

    private int greatestOfSubsampled() {
        int by = 2 + bits.number(3);
        return greatest(subsampled(width, by), subsampled(height, by));
    }

    /**
     * Reads a picture inside the header and returns the greatest number that its red and green make together. Only what is
     * written out is looked at: whatever is copied was written before, and an empty cache holds 0.
     */
    private int greatest(int columns, int rows) {
        int cacheBits = cacheBits();
        Vp8lCode green = Vp8lCode.read(bits, LITERALS + LENGTHS + (cacheBits == 0 ? 0 : 1 << cacheBits));
        Vp8lCode red = Vp8lCode.read(bits, LITERALS);
        Vp8lCode blue = Vp8lCode.read(bits, LITERALS);
        Vp8lCode alpha = Vp8lCode.read(bits, LITERALS);
        Vp8lCode distance = Vp8lCode.read(bits, DISTANCES);
        int greatest = 0;
        for (long left = (long) columns * rows; left > 0; ) {
            int symbol = green.next(bits);
            if (symbol < LITERALS) {
                greatest = Math.max(greatest, red.next(bits) << 8 | symbol);
                blue.next(bits);
                alpha.next(bits);
                left--;
            } else if (symbol < LITERALS + LENGTHS) {
                left -= prefixed(symbol - LITERALS);
                prefixed(distance.next(bits));
            } else {
                left--;
            }
        }
        return greatest;
    }

    private int cacheBits() {
        if (!bits.flag()) {
            return 0;
        }
        int cacheBits = bits.number(4);
        if (cacheBits < 1 || cacheBits > MAX_CACHE_BITS) {
            throw ImageException.corrupt("the WebP has a colour cache of " + cacheBits + " bits");
        }
        return cacheBits;
    }

    /** A length or distance: small ones are the symbol, of others it says how many bits follow. */
    private int prefixed(int symbol) {
        if (symbol < 4) {
            return symbol + 1;
        }
        int extra = (symbol - 2) >> 1;
        return ((2 + (symbol & 1)) << extra) + bits.number(extra) + 1;
    }

    private static int subsampled(int size, int by) {
        return (size + (1 << by) - 1) >> by;
    }
}
