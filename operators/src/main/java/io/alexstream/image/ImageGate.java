package io.alexstream.image;

import java.nio.ByteBuffer;

/**
 * What every image passes before a decoder sees it: an allowed format, a size within the limits, no more scans than allowed,
 * and as many bytes as its own headers promise. Reads each byte at most a few times and inflates nothing, so its cost is
 * bounded by the image's length. Safe for concurrent use: it holds only limits.
 */
final class ImageGate {

    private final ImageLimits limits;
    private final PixelLimit pixels;

    ImageGate(ImageLimits limits) {
        this.limits = limits;
        this.pixels = new PixelLimit(limits.maxPixels());
    }

    /** The image as its headers describe it; refuses it otherwise. The result shares {@code encoded}. */
    CheckedImage check(byte[] encoded) {
        ImageFormat format = ImageFormat.of(encoded);
        HeaderBytes bytes = new HeaderBytes(ByteBuffer.wrap(encoded), format);
        return switch (format) {
            case JPEG -> new JpegWalk(bytes, pixels, limits.maxScans()).check();
            case PNG -> new PngWalk(bytes, pixels).check();
            case WEBP -> new WebpWalk(bytes, pixels).check();
            case GIF -> new GifHeader(bytes, pixels).check();
            case BMP -> new BmpHeader(bytes, pixels).check();
        };
    }
}
