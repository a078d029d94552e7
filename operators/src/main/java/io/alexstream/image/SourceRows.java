package io.alexstream.image;

/**
 * The rows of a picture, one after the other, laid out so that neighbours in a row are neighbours in memory. A picture that
 * lies on its side is gathered some rows at a time: read one by one, each pixel would cost a cache line. Confined to one
 * thread.
 */
final class SourceRows {

    /** Rows gathered at once: a cache line of 64 bytes holds 21 pixels, and the scratch stays small. */
    private static final int GATHERED = 32;

    /** Pixels at most this far apart are read where they are. */
    private static final int NEAR = 4;

    private final DecodedImage image;
    private final int from;
    private final int to;
    private final boolean sideways;
    private DecodedImage view;
    private int gatheredFrom;
    private int gatheredTo;
    private int start;

    /** Rows of {@code image}, of which only the columns {@code from} to {@code to - 1} will be read. */
    SourceRows(DecodedImage image, int from, int to) {
        this.image = image;
        this.from = from;
        this.to = to;
        this.sideways = Math.abs(image.columnStride()) > NEAR;
        this.view = sideways ? DecodedImage.rgb(new byte[3 * (to - from) * GATHERED], to - from, GATHERED) : image;
    }

    /** Makes {@code row} the current row. */
    void moveTo(int row) {
        if (!sideways) {
            start = image.origin() + row * image.rowStride() + from * image.columnStride();
            return;
        }
        if (row < gatheredFrom || row >= gatheredTo) {
            gatheredFrom = row;
            gatheredTo = Math.min(image.height(), row + GATHERED);
            gather();
        }
        start = (row - gatheredFrom) * view.rowStride();
    }

    /** The picture whose bytes and strides hold the current row. */
    DecodedImage view() {
        return view;
    }

    /** Where in the view's bytes the pixel of the current row in column {@code from} begins. */
    int start() {
        return start;
    }

    private void gather() {
        byte[] data = image.data();
        byte[] target = view.data();
        for (int column = from; column < to; column++) {
            int pixel = image.origin() + column * image.columnStride() + gatheredFrom * image.rowStride();
            int at = 3 * (column - from);
            for (int row = gatheredFrom; row < gatheredTo; row++) {
                target[at] = data[pixel + image.red()];
                target[at + 1] = data[pixel + image.green()];
                target[at + 2] = data[pixel + image.blue()];
                pixel += image.rowStride();
                at += view.rowStride();
            }
        }
    }
}
