package io.alexstream.image;

import io.alexstream.image.CheckedImage.Coding;
import io.alexstream.image.CheckedImage.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a WebP's chunks to the first frame's bit stream, and wraps that as a simple file: the decoder sees no profile, no
 * metadata, no alpha plane and no animation. Confined to one thread.
 */
final class WebpWalk {

    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;

    /** Signature, sizes, alpha flag and version. */
    private static final int LOSSLESS_HEADER = 5;

    /** Position, size, duration and flags of an animation frame, before its own chunks. */
    private static final int FRAME_HEADER = 16;

    /**
     * Zeros after a VP8 bit stream: the arithmetic decoder reads up to two bytes past the last that the encoder had to write.
     */
    private static final int LOOK_AHEAD = 2;

    private final HeaderBytes bytes;
    private final PixelLimit pixels;
    private int orientation = ExifOrientation.UPRIGHT;
    private @Nullable Frame canvas;
    private @Nullable CheckedImage picture;

    WebpWalk(HeaderBytes bytes, PixelLimit pixels) {
        this.bytes = bytes;
        this.pixels = pixels;
    }

    CheckedImage check() {
        long end = CHUNK_HEADER + bytes.u32LittleEndian(4);
        bytes.require(0, end);
        chunks(RIFF_HEADER, end, 0, 0);
        CheckedImage found = picture;
        if (found == null) {
            throw ImageException.corrupt("the WebP has no picture");
        }
        return new CheckedImage(
                found.format(),
                found.width(),
                found.height(),
                found.frame(),
                found.coding(),
                orientation,
                found.stream());
    }

    private void chunks(long from, long end, int x, int y) {
        long at = from;
        while (at + CHUNK_HEADER <= end) {
            long length = bytes.u32LittleEndian(at + 4);
            long data = at + CHUNK_HEADER;
            if (data + length > end) {
                throw ImageException.corrupt("the WebP has a chunk that is longer than its container, at byte " + at);
            }
            chunk(at, data, length, x, y);
            at = data + length + (length & 1);
        }
    }

    private void chunk(long at, long data, long length, int x, int y) {
        if (bytes.has(at, "VP8X")) {
            canvas = new Frame(0, 0, bytes.u24LittleEndian(data + 4) + 1, bytes.u24LittleEndian(data + 7) + 1);
            pixels.check(ImageFormat.WEBP, canvas.width(), canvas.height());
        } else if (bytes.has(at, "EXIF")) {
            // Some writers put JPEG's six-byte prefix before the TIFF header.
            long tiff = bytes.has(data, "Exif\0\0") ? data + 6 : data;
            orientation = ExifOrientation.of(bytes, tiff, data + length);
        } else if (picture == null && bytes.has(at, "ANMF")) {
            bytes.require(data, FRAME_HEADER);
            chunks(
                    data + FRAME_HEADER,
                    data + length,
                    2 * bytes.u24LittleEndian(data),
                    2 * bytes.u24LittleEndian(data + 3));
        } else if (picture == null && bytes.has(at, "VP8 ")) {
            lossy(at, data, length, x, y);
        } else if (picture == null && bytes.has(at, "VP8L")) {
            lossless(at, data, length, x, y);
        }
    }

    /** RFC 6386, section 9.1: three bytes of tag, a start code, then 14 bits of width and of height. */
    private void lossy(long at, long data, long length, int x, int y) {
        long tag = bytes.u24LittleEndian(data);
        boolean keyFrame = (tag & 1) == 0;
        long firstPartition = tag >> 5;
        if (!keyFrame || bytes.u24LittleEndian(data + 3) != 0x2A019D || 10 + firstPartition > length) {
            throw ImageException.corrupt("the WebP has a broken VP8 header");
        }
        int width = bytes.u16LittleEndian(data + 6) & 0x3FFF;
        int height = bytes.u16LittleEndian(data + 8) & 0x3FFF;
        picture(at, length, LOOK_AHEAD, new Frame(x, y, width, height));
    }

    /** WebP Lossless Bitstream Specification, section 3: a signature, then 14 bits each of width - 1 and height - 1. */
    private void lossless(long at, long data, long length, int x, int y) {
        if (bytes.u8(data) != 0x2F) {
            throw ImageException.corrupt("the WebP has a broken VP8L header");
        }
        long sizes = bytes.u32LittleEndian(data + 1);
        Frame frame = new Frame(x, y, (int) (sizes & 0x3FFF) + 1, (int) (sizes >> 14 & 0x3FFF) + 1);
        pixels.check(ImageFormat.WEBP, frame.width(), frame.height());
        new Vp8lHeader(new Vp8lBits(bytes, data + LOSSLESS_HEADER, data + length), frame.width(), frame.height())
                .check();
        picture(at, length, 0, frame);
    }

    private void picture(long at, long length, int padding, Frame frame) {
        pixels.check(ImageFormat.WEBP, frame.width(), frame.height());
        Frame whole = canvas == null ? new Frame(0, 0, frame.width(), frame.height()) : canvas;
        if ((long) frame.x() + frame.width() > whole.width() || (long) frame.y() + frame.height() > whole.height()) {
            throw ImageException.corrupt("the WebP has a frame that reaches beyond its canvas");
        }
        int riffLength = (int) (4 + CHUNK_HEADER + length + padding);
        ByteBuffer riff = ByteBuffer.allocate(RIFF_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        riff.put(new byte[] {'R', 'I', 'F', 'F'}).putInt(riffLength).put(new byte[] {'W', 'E', 'B', 'P'});
        picture = new CheckedImage(
                ImageFormat.WEBP,
                whole.width(),
                whole.height(),
                frame,
                Coding.plain(3, 8),
                orientation,
                List.of(riff.flip(), bytes.slice(at, CHUNK_HEADER + length), ByteBuffer.allocate(padding)));
    }
}
