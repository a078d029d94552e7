package io.alexstream.image;

import java.nio.ByteBuffer;

/**
 * Skips through the entropy-coded data of a sequential JPEG as libjpeg would decode it, and tells whether libjpeg would find
 * anything amiss: a code that does not exist, data that end before the picture does, a restart marker out of place, bytes left
 * over. For decoders that keep such warnings to themselves and return half a picture. Says no where it is not sure: another
 * decoder then has the last word. Confined to one thread.
 */
final class EntropyWalk {

    private static final int RST0 = 0xD0;

    /** Codes and values of one look at the window take at most 12 + 15 bits, one of a long code 16 + 15. */
    private static final int ENOUGH = 31;

    private final JpegScan scan;
    private final ByteBuffer data;
    private int at;

    private EntropyWalk(JpegScan scan) {
        this.scan = scan;
        this.data = scan.data();
    }

    /** Whether this JPEG is sequential, of one scan, and codes every block of its picture and nothing more. */
    static boolean isWhole(CheckedImage jpeg) {
        JpegScan scan = JpegScan.of(jpeg);
        return scan != null && new EntropyWalk(scan).isWhole();
    }

    private boolean isWhole() {
        long left = scan.mcus();
        for (int restart = 0; ; restart++) {
            int end = markerFrom(at);
            long run = scan.interval() == 0 ? left : Math.min(left, scan.interval());
            if (!skip(end, run)) {
                return false;
            }
            left -= run;
            if (left == 0) {
                return end == data.limit();
            }
            if (end > data.limit() - 2 || (data.get(end + 1) & 0xFF) != RST0 + (restart & 7)) {
                return false;
            }
            at = end + 2;
        }
    }

    /** Where the next marker begins: its 0xFF byte, or the end. */
    private int markerFrom(int from) {
        for (int i = from; i < data.limit() - 1; i++) {
            while (i <= data.limit() - 8 && hasNoMarkerByte(data.getLong(i))) {
                i += 8;
            }
            if (i < data.limit() - 1 && data.get(i) == (byte) 0xFF && data.get(i + 1) != 0) {
                return i;
            }
        }
        return data.limit();
    }

    /**
     * Skips this many MCUs; false where they do not end in the last byte before {@code end}. The state of the bit reader is in
     * locals, and this is one long method, because it runs once a coefficient of the picture.
     */
    private boolean skip(int end, long mcus) {
        HuffmanCodes[] dc = scan.dc();
        HuffmanCodes[] ac = scan.ac();
        long buffer = 0;
        int bits = 0;
        int next = at;
        for (long mcu = 0; mcu < mcus; mcu++) {
            for (int block = 0; block < dc.length; block++) {
                HuffmanCodes codes = dc[block];
                int moved = 0;
                do {
                    if (bits < ENOUGH) {
                        long eight = next <= end - 8 ? data.getLong(next) : -1;
                        if (hasNoMarkerByte(eight)) {
                            buffer |= eight >>> bits;
                            int taken = (64 - bits) >> 3;
                            next += taken;
                            bits += 8 * taken;
                        } else {
                            while (bits <= 56 && next < end) {
                                int value = data.get(next++) & 0xFF;
                                // A byte 0xFF of the data is followed by a stuffed zero.
                                next += value == 0xFF ? 1 : 0;
                                buffer |= (long) value << (56 - bits);
                                bits += 8;
                            }
                        }
                    }
                    int entry = codes.several[(int) (buffer >>> (64 - HuffmanCodes.WINDOW))];
                    if (overshoots(moved + (entry >> 6))) {
                        entry = codes.single[(int) (buffer >>> (64 - HuffmanCodes.WINDOW))];
                    }
                    if (entry == 0) {
                        entry = codes.find((int) (buffer >>> 48));
                    }
                    moved += entry >> 6;
                    buffer <<= entry;
                    bits -= entry & 63;
                    if (entry == 0 || overshoots(moved) || bits < 0) {
                        return false;
                    }
                    codes = ac[block];
                } while (moved < 64);
            }
        }
        at = next;
        return next == end && bits < 8;
    }

    /** Whether a block of 64 would end inside what this entry skips. */
    private static boolean overshoots(int moved) {
        return moved > 64 && (moved <= HuffmanCodes.END_OF_BLOCK || moved >= HuffmanCodes.END_OF_BLOCK + 64);
    }

    private static boolean hasNoMarkerByte(long eight) {
        return ((~eight - 0x0101010101010101L) & eight & 0x8080808080808080L) == 0;
    }
}
