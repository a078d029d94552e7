package io.alexstream.image;

import io.alexstream.image.CheckedImage.Coding;
import io.alexstream.image.CheckedImage.Frame;
import java.nio.ByteBuffer;
import java.util.List;

/** Checks a BMP's headers: its size, its compression, and that the rows are all there. Confined to one thread. */
final class BmpHeader {

    private static final int FILE_HEADER = 14;
    private static final int CORE_HEADER = 12;
    private static final int INFO_HEADER = 40;
    private static final int LARGEST_HEADER = 124;
    /** Headers from version 4 on have a colour space here; the letters "sRGB", little end first, say the common one. */
    private static final int FIRST_WITH_COLOR_SPACE = 108;

    private static final int COLOR_SPACE = FILE_HEADER + 56;
    private static final int RGB = 0;
    private static final int RLE4 = 2;
    private static final int BITFIELDS = 3;

    private final HeaderBytes bytes;
    private final PixelLimit pixels;

    BmpHeader(HeaderBytes bytes, PixelLimit pixels) {
        this.bytes = bytes;
        this.pixels = pixels;
    }

    CheckedImage check() {
        long header = bytes.u32LittleEndian(FILE_HEADER);
        boolean core = header == CORE_HEADER;
        if (!core && (header < INFO_HEADER || header > LARGEST_HEADER)) {
            throw ImageException.unsupported("the BMP has a header of " + header + " bytes");
        }
        long width = core ? bytes.u16LittleEndian(18) : (int) bytes.u32LittleEndian(18);
        // A negative height means rows from the top.
        long height = core ? bytes.u16LittleEndian(20) : Math.abs((long) (int) bytes.u32LittleEndian(22));
        pixels.check(ImageFormat.BMP, width, height);
        int bits = bytes.u16LittleEndian(core ? 24 : 28);
        long compression = core ? RGB : bytes.u32LittleEndian(30);
        if (compression > BITFIELDS) {
            throw ImageException.unsupported("the BMP has compression " + compression);
        }
        long data = bytes.u32LittleEndian(10);
        if (compression == RGB || compression == BITFIELDS) {
            long row = (width * bits + 31) / 32 * 4;
            bytes.require(data, row * height);
        } else {
            new BmpRuns(bytes, data, width, height, compression == RLE4 ? 2 : 1).requireWhole();
        }
        return new CheckedImage(
                ImageFormat.BMP,
                (int) width,
                (int) height,
                new Frame(0, 0, (int) width, (int) height),
                Coding.plain(1, bits),
                ExifOrientation.UPRIGHT,
                withoutProfile(header));
    }

    /**
     * The file as it is, but for the colour space of the newer headers, which may name a profile of any size, or one in
     * another file.
     */
    private List<ByteBuffer> withoutProfile(long header) {
        if (header < FIRST_WITH_COLOR_SPACE) {
            return List.of(bytes.slice(0, bytes.length()));
        }
        long after = COLOR_SPACE + 4;
        return List.of(
                bytes.slice(0, COLOR_SPACE),
                ByteBuffer.wrap(new byte[] {'B', 'G', 'R', 's'}),
                bytes.slice(after, bytes.length() - after));
    }
}
