package io.alexstream.image;

/** The limit on width x height; refuses before memory is taken for a pixel. Immutable, safe for concurrent use. */
record PixelLimit(long maxPixels) {

    /** Refuses sizes of zero, and sizes whose product passes the limit. */
    void check(ImageFormat format, long width, long height) {
        if (width <= 0 || height <= 0) {
            throw ImageException.corrupt("the " + format + " says its size is " + width + " x " + height);
        }
        // Division and not a product: the factors may be any 32-bit numbers.
        if (width > maxPixels / height) {
            throw ImageException.tooLarge(
                    "the " + format + " has " + width + " x " + height + " pixels, allowed are " + maxPixels);
        }
    }
}
