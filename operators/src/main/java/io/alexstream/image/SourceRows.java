package io.alexstream.image;

/**
 * The rows of a picture, one after the other, laid out so that neighbours in a row are neighbours in memory. A picture that
 * lies on its side is gathered some rows at a time: read one by one, each pixel would cost a cache line. Confined to one
 * thread, for one picture after the other.
 */
final class SourceRows {

    /** Rows gathered at once: a cache line of 64 bytes holds 21 pixels, and the scratch stays small. */
    private static final int GATHERED = 32;

    /** Pixels at most this far apart are read where they are. */
    private static final int NEAR = 4;

    /** Stands for no picture. */
    private static final DecodedImage NONE = DecodedImage.rgb(new byte[0], 0, 0);

    /** Where rows are gathered, wide enough for the widest picture so far. */
    private DecodedImage scratch = NONE;

    private DecodedImage image = NONE;
    private DecodedImage view = NONE;
    private boolean sideways;
    private int from;
    private int to;
    private int gatheredFrom;
    private int gatheredTo;
    private int start;

    /** From now on rows of {@code picture}, of which only the columns {@code first} to {@code end - 1} will be read. */
    void set(DecodedImage picture, int first, int end) {
        image = picture;
        from = first;
        to = end;
        sideways = Math.abs(picture.columnStride()) > NEAR;
        gatheredFrom = 0;
        gatheredTo = 0;
        if (sideways && scratch.width() < end - first) {
            scratch = DecodedImage.rgb(new byte[3 * (end - first) * GATHERED], end - first, GATHERED);
        }
        view = sideways ? scratch : picture;
    }

    /** Lets go of the picture: nobody should keep its pixels until the next one comes. */
    void forget() {
        image = NONE;
        view = NONE;
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
