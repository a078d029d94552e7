package io.alexstream.image;

import io.alexstream.image.CheckedImage.Coding;
import io.alexstream.image.CheckedImage.Frame;
import java.util.List;

/**
 * Checks a GIF up to its first frame. The canvas and the frame are both bounded: either may be the larger in a file that lies.
 * The stream ends after that frame, so later ones cost nothing. Confined to one thread.
 */
final class GifHeader {

    private final HeaderBytes bytes;
    private final PixelLimit pixels;

    GifHeader(HeaderBytes bytes, PixelLimit pixels) {
        this.bytes = bytes;
        this.pixels = pixels;
    }

    CheckedImage check() {
        pixels.check(ImageFormat.GIF, bytes.u16LittleEndian(6), bytes.u16LittleEndian(8));
        GifLayout layout = GifLayout.of(bytes);
        Frame frame = layout.frame();
        pixels.check(ImageFormat.GIF, frame.width(), frame.height());
        // A frame that reaches beyond its canvas widens it, as in Pillow.
        int width = Math.max(layout.width(), frame.x() + frame.width());
        int height = Math.max(layout.height(), frame.y() + frame.height());
        pixels.check(ImageFormat.GIF, width, height);
        return new CheckedImage(
                ImageFormat.GIF,
                width,
                height,
                frame,
                Coding.plain(1, 8),
                ExifOrientation.UPRIGHT,
                List.of(bytes.slice(0, layout.end())));
    }
}
