package io.alexstream.image;

/**
 * Decoded pixels where a decoder has left them, eight bits a channel: the byte of a channel of pixel (x, y) lies at
 * {@code origin + x * columnStride + y * rowStride + channel}. So gray and RGB, any order of the channels and any orientation
 * need no copy. The array is shared, not copied; nobody may write to it any more.
 *
 * @param red offset of a pixel's red byte, as are {@code green} and {@code blue}; all the same for gray
 */
@SuppressWarnings("ArrayRecordComponent") // The pixels are the point: compared by identity, never copied.
public record DecodedImage(
        byte[] data, int width, int height, int origin, int columnStride, int rowStride, int red, int green, int blue) {

    /** Rows from the top without gaps, three bytes a pixel in the order red, green, blue. */
    static DecodedImage rgb(byte[] data, int width, int height) {
        return new DecodedImage(data, width, height, 0, 3, 3 * width, 0, 1, 2);
    }

    /** The same bytes seen as {@code ImageOps.exif_transpose} would turn them; orientation 1 to 8 as EXIF counts. */
    DecodedImage oriented(int orientation) {
        return switch (orientation) {
            case 2 -> leftRight();
            case 3 -> leftRight().topBottom();
            case 4 -> topBottom();
            case 5 -> transposed();
            case 6 -> topBottom().transposed();
            case 7 -> leftRight().topBottom().transposed();
            case 8 -> leftRight().transposed();
            default -> this;
        };
    }

    /** Bytes that the pixels hold in memory. */
    long bytes() {
        return data.length;
    }

    private DecodedImage leftRight() {
        return view(width, height, origin + (width - 1) * columnStride, -columnStride, rowStride);
    }

    private DecodedImage topBottom() {
        return view(width, height, origin + (height - 1) * rowStride, columnStride, -rowStride);
    }

    private DecodedImage transposed() {
        return view(height, width, origin, rowStride, columnStride);
    }

    private DecodedImage view(int newWidth, int newHeight, int newOrigin, int newColumnStride, int newRowStride) {
        return new DecodedImage(data, newWidth, newHeight, newOrigin, newColumnStride, newRowStride, red, green, blue);
    }
}
