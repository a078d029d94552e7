package io.alexstream.image;

import java.nio.ByteBuffer;

/**
 * The LZW codes of a GIF frame, given out row by row; stops with the picture, whatever follows. GIF89a, appendix F. Confined to
 * one thread.
 */
final class GifLzw {

    /** Codes have at most twelve bits. */
    private static final int TABLE = 1 << 12;

    private final ByteBuffer file;
    private final int[] prefix = new int[TABLE];
    private final byte[] suffix = new byte[TABLE];
    private final byte[] stack = new byte[TABLE + 1];
    private final int rootBits;
    private final int clear;
    private int at;
    private int blockLeft;
    private int bits;
    private int bitCount;
    private int codeBits;
    private int next;
    private int previous;
    private int first;
    private int depth;

    /** Codes that begin {@code at} the byte that holds the root size. */
    GifLzw(ByteBuffer file, int at) {
        this.file = file;
        this.at = at + 1;
        this.rootBits = file.get(at) & 0xFF;
        if (rootBits < 1 || rootBits > 8) {
            throw ImageException.corrupt("the GIF has a code size of " + rootBits);
        }
        this.clear = 1 << rootBits;
        for (int i = 0; i < clear; i++) {
            suffix[i] = (byte) i;
        }
        reset();
    }

    /** Fills the row with palette indices. */
    void read(byte[] row) {
        for (int x = 0; x < row.length; x++) {
            while (depth == 0) {
                expand(code());
            }
            row[x] = stack[--depth];
        }
    }

    private void reset() {
        codeBits = rootBits + 1;
        next = clear + 2;
        previous = -1;
    }

    /** Puts the pixels of one code on the stack, last pixel first, and enters the new code that it implies. */
    private void expand(int code) {
        if (code == clear) {
            reset();
            return;
        }
        if (code == clear + 1) {
            throw ImageException.corrupt("the GIF's pixels end too early");
        }
        if (code > next || (previous < 0 && code > clear)) {
            throw ImageException.corrupt("the GIF has a code that was never defined");
        }
        int entry = code;
        if (code == next) {
            stack[depth++] = (byte) first;
            entry = previous;
        }
        while (entry > clear) {
            stack[depth++] = suffix[entry];
            entry = prefix[entry];
        }
        first = suffix[entry] & 0xFF;
        stack[depth++] = (byte) first;
        define();
        previous = code;
    }

    private void define() {
        if (previous < 0 || next == TABLE) {
            return;
        }
        prefix[next] = previous;
        suffix[next] = (byte) first;
        next++;
        if (next == 1 << codeBits && next < TABLE) {
            codeBits++;
        }
    }

    private int code() {
        while (bitCount < codeBits) {
            bits |= nextByte() << bitCount;
            bitCount += 8;
        }
        int code = bits & ((1 << codeBits) - 1);
        bits >>>= codeBits;
        bitCount -= codeBits;
        return code;
    }

    private int nextByte() {
        if (blockLeft == 0) {
            blockLeft = file.get(at++) & 0xFF;
            if (blockLeft == 0) {
                throw ImageException.corrupt("the GIF's pixels end too early");
            }
        }
        blockLeft--;
        return file.get(at++) & 0xFF;
    }
}
