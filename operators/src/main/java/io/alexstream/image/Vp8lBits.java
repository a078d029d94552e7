package io.alexstream.image;

/** The bits of a lossless WebP, each byte's lowest first; the image is corrupt where they end. Confined to one thread. */
final class Vp8lBits {

    private final HeaderBytes bytes;
    private final long end;
    private long at;
    private int used;

    /** Reads from byte {@code from} up to {@code end}, exclusive. */
    Vp8lBits(HeaderBytes bytes, long from, long end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int bit() {
        if (at >= end) {
            throw ImageException.corrupt("the WebP ends inside its lossless header");
        }
        int bit = bytes.u8(at) >> used & 1;
        used = used + 1 & 7;
        at += used == 0 ? 1 : 0;
        return bit;
    }

    boolean flag() {
        return bit() == 1;
    }

    /** A number of up to 31 bits, the lowest first. */
    int number(int bits) {
        int value = 0;
        for (int i = 0; i < bits; i++) {
            value |= bit() << i;
        }
        return value;
    }
}
