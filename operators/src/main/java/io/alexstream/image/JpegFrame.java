package io.alexstream.image;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A JPEG's frame header (SOF).
 *
 * @param ids the components' identifiers in their order
 */
record JpegFrame(int width, int height, boolean progressive, List<Integer> ids) {

    /** Baseline, extended sequential and progressive with Huffman codes: what the decoders know. */
    private static final int SOF0 = 0xC0;

    private static final int SOF2 = 0xC2;

    /** Reads the segment whose marker byte is {@code marker} and whose length field lies {@code at}. */
    static JpegFrame read(HeaderBytes bytes, int marker, long at, int length) {
        if (marker > SOF2) {
            throw ImageException.unsupported(
                    "the JPEG is arithmetic, lossless or hierarchical (SOF" + (marker - SOF0) + ")");
        }
        int precision = bytes.u8(at + 2);
        if (precision != 8) {
            throw ImageException.unsupported("the JPEG has " + precision + " bits a channel");
        }
        int components = bytes.u8(at + 7);
        if (components != 1 && components != 3 && components != 4) {
            throw ImageException.unsupported("the JPEG has " + components + " colour channels");
        }
        if (length != 8 + 3 * components) {
            throw ImageException.corrupt("the JPEG's frame header has a wrong length");
        }
        List<Integer> ids = new ArrayList<>(components);
        for (int i = 0; i < components; i++) {
            ids.add(bytes.u8(at + 8 + 3L * i));
        }
        return new JpegFrame(bytes.u16BigEndian(at + 5), bytes.u16BigEndian(at + 3), marker == SOF2, List.copyOf(ids));
    }

    /** Whether every component is among those that have been scanned. */
    boolean isCovered(BitSet scanned) {
        return ids.stream().allMatch(scanned::get);
    }
}
