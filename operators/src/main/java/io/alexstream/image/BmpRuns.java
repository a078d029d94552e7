package io.alexstream.image;

/**
 * Walks the run-length code of a BMP (compressions BI_RLE8 and BI_RLE4 of Microsoft's "Bitmap Compression") without unpacking
 * it, to see that it reaches its last row: decoders leave the rest black where it does not. Confined to one thread.
 */
final class BmpRuns {

    private static final int END_OF_ROW = 0;
    private static final int END_OF_PICTURE = 1;
    private static final int MOVE = 2;

    private final HeaderBytes bytes;
    private final long width;
    private final long height;
    private final int pixelsAByte;
    private long at;
    private long x;
    private long y;

    /** @param pixelsAByte of a run that is written out: 1 for BI_RLE8, 2 for BI_RLE4 */
    BmpRuns(HeaderBytes bytes, long from, long width, long height, int pixelsAByte) {
        this.bytes = bytes;
        this.at = from;
        this.width = width;
        this.height = height;
        this.pixelsAByte = pixelsAByte;
    }

    /** Refuses a picture whose code ends before its last row does, by the end of the file or by saying so. */
    void requireWhole() {
        while (!isComplete()) {
            int count = bytes.u8(at);
            int value = bytes.u8(at + 1);
            at += 2;
            if (count > 0) {
                x += count;
            } else if (value == END_OF_PICTURE) {
                requireLastRow();
                return;
            } else {
                escape(value);
            }
        }
    }

    private boolean isComplete() {
        return y >= height || (y == height - 1 && x >= width);
    }

    /** In the last row whatever is left may be left out. */
    private void requireLastRow() {
        if (y < height - 1) {
            throw ImageException.corrupt("the BMP says that it ends in row " + (y + 1) + " of " + height);
        }
    }

    private void escape(int value) {
        if (value == END_OF_ROW) {
            x = 0;
            y++;
        } else if (value == MOVE) {
            x += bytes.u8(at);
            y += bytes.u8(at + 1);
            at += 2;
        } else {
            // So many pixels as they are, padded to an even number of bytes.
            int length = (value + pixelsAByte - 1) / pixelsAByte;
            bytes.require(at, length);
            x += value;
            at += length + (length & 1);
        }
    }
}
