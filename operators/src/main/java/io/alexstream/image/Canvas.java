package io.alexstream.image;

import io.alexstream.image.CheckedImage.Frame;

/** Puts a frame that is smaller than its picture where it belongs. */
final class Canvas {

    private Canvas() {}

    /** The frame itself where it is the whole picture, else a copy of it on black. */
    static DecodedImage place(DecodedImage pixels, CheckedImage image) {
        Frame frame = image.frame();
        if (frame.width() == image.width() && frame.height() == image.height()) {
            return pixels;
        }
        DecodedImage canvas =
                DecodedImage.rgb(new byte[3 * image.width() * image.height()], image.width(), image.height());
        for (int y = 0; y < frame.height(); y++) {
            int from = pixels.origin() + y * pixels.rowStride();
            int to = (y + frame.y()) * canvas.rowStride() + 3 * frame.x();
            for (int x = 0; x < frame.width(); x++) {
                canvas.data()[to++] = pixels.data()[from + pixels.red()];
                canvas.data()[to++] = pixels.data()[from + pixels.green()];
                canvas.data()[to++] = pixels.data()[from + pixels.blue()];
                from += pixels.columnStride();
            }
        }
        return canvas;
    }
}
