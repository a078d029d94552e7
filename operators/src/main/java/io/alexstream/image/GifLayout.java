package io.alexstream.image;

import io.alexstream.image.CheckedImage.Frame;

/**
 * Where the parts of a GIF up to its first frame lie; GIF89a, sections 18 to 23.
 *
 * @param palette position of the colour table that holds for the frame, {@code paletteBytes} long
 * @param background index of the colour where the frame does not reach
 * @param data position of the byte before the codes
 * @param end position after the frame's last block
 */
record GifLayout(
        int width,
        int height,
        Frame frame,
        int palette,
        int paletteBytes,
        int background,
        boolean interlaced,
        int data,
        int end) {

    private static final int SCREEN_HEADER = 13;
    private static final int IMAGE_HEADER = 10;
    private static final int HAS_TABLE = 0x80;
    private static final int TABLE_BITS = 0x07;
    private static final int INTERLACED = 0x40;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int IMAGE = 0x2C;

    /** Walks the blocks; refuses a file that ends before its first frame does. */
    static GifLayout of(HeaderBytes bytes) {
        int globalBytes = tableBytes(bytes.u8(10));
        int background = 0;
        int at = SCREEN_HEADER + globalBytes;
        while (bytes.u8(at) == EXTENSION) {
            // Of a graphic control block: its length, flags (the last bit: a colour is transparent), delay, that
            // colour.
            if (bytes.u8(at + 1) == GRAPHIC_CONTROL && (bytes.u8(at + 3) & 1) != 0) {
                background = bytes.u8(at + 6);
            }
            at = endOfBlocks(bytes, at + 2);
        }
        if (bytes.u8(at) != IMAGE) {
            throw ImageException.corrupt("the GIF has no frame");
        }
        int flags = bytes.u8(at + 9);
        int localBytes = tableBytes(flags);
        int data = at + IMAGE_HEADER + localBytes;
        boolean local = localBytes > 0;
        return new GifLayout(
                bytes.u16LittleEndian(6),
                bytes.u16LittleEndian(8),
                new Frame(
                        bytes.u16LittleEndian(at + 1),
                        bytes.u16LittleEndian(at + 3),
                        bytes.u16LittleEndian(at + 5),
                        bytes.u16LittleEndian(at + 7)),
                local ? at + IMAGE_HEADER : SCREEN_HEADER,
                local ? localBytes : globalBytes,
                background,
                (flags & INTERLACED) != 0,
                data,
                endOfBlocks(bytes, data + 1));
    }

    private static int tableBytes(int flags) {
        return (flags & HAS_TABLE) == 0 ? 0 : 3 << ((flags & TABLE_BITS) + 1);
    }

    /** The byte after a chain of sub-blocks, each led by its length, the last of length 0. */
    private static int endOfBlocks(HeaderBytes bytes, int from) {
        int at = from;
        while (bytes.u8(at) != 0) {
            at += 1 + bytes.u8(at);
        }
        return at + 1;
    }
}
