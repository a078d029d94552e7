package io.alexstream.image;

/**
 * Makes pixels of an encoded image that has passed the checks before decoding. Implementations are safe for use by many
 * threads at once.
 */
public interface ImageDecoder {

    /** Most bytes of memory that decoding this image takes at its peak, the pixels it returns included. */
    long peakBytes(CheckedImage image);

    /**
     * All pixels of the picture as Pillow's {@code convert("RGB")} gives them: gray repeated, palettes looked up, alpha
     * dropped, no colour management, orientation not applied.
     *
     * @throws ImageException CORRUPT_IMAGE if the image cannot be decoded whole
     */
    DecodedImage decode(CheckedImage image);
}
