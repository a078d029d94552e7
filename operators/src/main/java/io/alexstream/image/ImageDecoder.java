package io.alexstream.image;

/**
 * Makes pixels of an encoded image that has passed the checks before decoding. Implementations are safe for use by many
 * threads at once.
 */
public interface ImageDecoder {

    /** For {@code shorterSide}: the picture in its full size. */
    int FULL_SIZE = Integer.MAX_VALUE;

    /** Most bytes of memory that {@link #decode} takes for this image at its peak, the pixels it returns included. */
    long peakBytes(CheckedImage image, int shorterSide);

    /**
     * All pixels of the picture as Pillow's {@code convert("RGB")} gives them: gray repeated, palettes looked up, alpha
     * dropped, no colour management, orientation not applied.
     *
     * @param shorterSide how long the shorter side must be at least, or {@link #FULL_SIZE}: a decoder that is faster so may
     *     return the picture reduced by a power of two
     * @throws ImageException CORRUPT_IMAGE if the image cannot be decoded whole
     */
    DecodedImage decode(CheckedImage image, int shorterSide);
}
