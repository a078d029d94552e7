package io.alexstream.image;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An encoded image that has passed {@link ImageGate}: what its header says, and the bytes a decoder needs, without metadata.
 *
 * @param width width of the whole picture; that of {@code frame} too, except in GIF and animated WebP
 * @param frame where in the picture the coded pixels lie
 * @param coding what the pixels are made of, for estimates of memory
 * @param orientation 1 to 8 as EXIF counts them, 1 where none is given
 * @param stream the parts of a complete file of {@code format}, views of the encoded image and not copies of it
 */
public record CheckedImage(
        ImageFormat format,
        int width,
        int height,
        Frame frame,
        Coding coding,
        int orientation,
        List<ByteBuffer> stream) {

    public CheckedImage {
        stream = List.copyOf(stream);
    }

    /** A rectangle of the picture; it may lie beside it only in files that lie. */
    public record Frame(int x, int y, int width, int height) {}

    /**
     * What the file holds of each pixel.
     *
     * @param multipass whether the decoder must keep all pixels' coefficients: a progressive or multi-scan JPEG
     * @param ycck whether four channels are luminance, chroma and black, and not four inks
     */
    public record Coding(int channels, int bitsPerChannel, boolean multipass, boolean ycck) {

        /** Channels that mean what they say, decoded in one pass. */
        static Coding plain(int channels, int bitsPerChannel) {
            return new Coding(channels, bitsPerChannel, false, false);
        }
    }

    /** Pixels of the whole picture. */
    public long pixels() {
        return (long) width * height;
    }
}
