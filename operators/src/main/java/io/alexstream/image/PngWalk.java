package io.alexstream.image;

import io.alexstream.image.CheckedImage.Coding;
import io.alexstream.image.CheckedImage.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Walks a PNG's chunks. Only the critical ones go on to the decoder: text and profiles may inflate to any size, and colours are
 * taken as they are stored. Their check sums must be right; inflating is the decoder's. Confined to one thread.
 */
final class PngWalk {

    private static final int SIGNATURE = 8;

    /** Length, type and check sum of a chunk. */
    private static final int CHUNK_FRAME = 12;

    private final HeaderBytes bytes;
    private final PixelLimit pixels;
    private final List<ByteBuffer> kept = new ArrayList<>();
    private int orientation = ExifOrientation.UPRIGHT;
    private boolean data;

    PngWalk(HeaderBytes bytes, PixelLimit pixels) {
        this.bytes = bytes;
        this.pixels = pixels;
    }

    CheckedImage check() {
        if (!bytes.has(SIGNATURE + 4, "IHDR") || bytes.u32BigEndian(SIGNATURE) != 13) {
            throw ImageException.corrupt("the PNG does not begin with its header chunk");
        }
        long width = bytes.u32BigEndian(SIGNATURE + 8);
        long height = bytes.u32BigEndian(SIGNATURE + 12);
        pixels.check(ImageFormat.PNG, width, height);
        Coding coding = coding(bytes.u8(SIGNATURE + 16), bytes.u8(SIGNATURE + 17));
        kept.add(bytes.slice(0, SIGNATURE));
        long at = SIGNATURE;
        while (!bytes.has(at + 4, "IEND")) {
            at = chunk(at);
        }
        if (!data) {
            throw ImageException.corrupt("the PNG has no pixels");
        }
        keep(at, 0);
        Frame whole = new Frame(0, 0, (int) width, (int) height);
        return new CheckedImage(ImageFormat.PNG, (int) width, (int) height, whole, coding, orientation, kept);
    }

    /** Takes in the chunk {@code at} and returns where the next begins. */
    private long chunk(long at) {
        long length = bytes.u32BigEndian(at);
        bytes.require(at, length + CHUNK_FRAME);
        if (bytes.has(at + 4, "IDAT")) {
            data = true;
            keep(at, length);
        } else if (bytes.has(at + 4, "IHDR") || bytes.has(at + 4, "PLTE")) {
            keep(at, length);
        } else if (bytes.has(at + 4, "eXIf")) {
            orientation = ExifOrientation.of(bytes, at + 8, at + 8 + length);
        }
        return at + length + CHUNK_FRAME;
    }

    private void keep(long at, long length) {
        ByteBuffer checked = bytes.slice(at + 4, length + 4);
        CRC32 sum = new CRC32();
        sum.update(checked);
        if (sum.getValue() != bytes.u32BigEndian(at + 8 + length)) {
            throw ImageException.corrupt("the PNG has a chunk with a wrong check sum, at byte " + at);
        }
        kept.add(bytes.slice(at, length + CHUNK_FRAME));
    }

    /** The combinations of table 11.1 of the PNG specification. */
    private static Coding coding(int bits, int colorType) {
        boolean bytewise = bits == 8 || bits == 16;
        boolean packed = bits == 1 || bits == 2 || bits == 4;
        return switch (colorType) {
            case 0 -> checked(bytewise || packed, 1, bits);
            case 2 -> checked(bytewise, 3, bits);
            case 3 -> checked(packed || bits == 8, 1, bits);
            case 4 -> checked(bytewise, 2, bits);
            case 6 -> checked(bytewise, 4, bits);
            default -> checked(false, colorType, bits);
        };
    }

    private static Coding checked(boolean valid, int channels, int bits) {
        if (!valid) {
            throw ImageException.corrupt("the PNG has a colour type and depth that do not go together");
        }
        return Coding.plain(channels, bits);
    }
}
