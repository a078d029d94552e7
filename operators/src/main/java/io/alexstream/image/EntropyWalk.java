package io.alexstream.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Skips through the entropy-coded data of a sequential JPEG as libjpeg would decode it, and tells whether libjpeg would find
 * anything amiss: a code that does not exist, data that end before the picture does, a restart marker out of place, bytes left
 * over. For decoders that keep such warnings to themselves and return half a picture. Says no where it is not sure: another
 * decoder then has the last word. Confined to one thread.
 */
final class EntropyWalk {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int RST0 = 0xD0;

    /** Codes and values of one look at the window take at most 12 + 15 bits, one of a long code 16 + 15. */
    private static final int ENOUGH = 31;

    private static final int BLOCK = 64;

    private final JpegScan scan;
    private final byte[] data;
    private final int limit;
    private int at;

    private EntropyWalk(JpegScan scan) {
        this.scan = scan;
        this.data = scan.data().array();
        this.at = scan.data().arrayOffset();
        this.limit = at + scan.data().limit();
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
                return end == limit;
            }
            if (end > limit - 2 || (data[end + 1] & 0xFF) != RST0 + (restart & 7)) {
                return false;
            }
            at = end + 2;
        }
    }

    /** Where the next marker begins: its 0xFF byte, or the end. */
    private int markerFrom(int from) {
        for (int i = from; i < limit - 1; i++) {
            while (i <= limit - 8 && hasNoMarkerByte((long) LONG.get(data, i))) {
                i += 8;
            }
            if (i < limit - 1 && data[i] == (byte) 0xFF && data[i + 1] != 0) {
                return i;
            }
        }
        return limit;
    }

    /**
     * Skips this many MCUs; false where they do not end in the last byte before {@code end}. The bit reader's state is in
     * locals, and this is one long method, because it runs once for each coefficient or two of the picture.
     */
    private boolean skip(int end, long mcus) {
        byte[] bytes = data;
        int blocks = scan.dc().length;
        long buffer = 0;
        int bits = 0;
        int next = at;
        for (long left = mcus * blocks, block = 0; left > 0; left--, block = block + 1 == blocks ? 0 : block + 1) {
            HuffmanCodes codes = scan.dc()[(int) block];
            int moved = 0;
            while (moved < BLOCK) {
                if (bits < ENOUGH) {
                    long eight = next <= end - 8 ? (long) LONG.get(bytes, next) : -1;
                    if (hasNoMarkerByte(eight)) {
                        buffer |= eight >>> bits;
                        next += (BLOCK - bits) >> 3;
                        bits += (BLOCK - bits) & ~7;
                    } else {
                        while (bits <= 56 && next < end) {
                            int value = bytes[next++] & 0xFF;
                            // A byte 0xFF of the data is followed by a stuffed zero.
                            next += value == 0xFF ? 1 : 0;
                            buffer |= (long) value << (56 - bits);
                            bits += 8;
                        }
                    }
                }
                int entry = codes.several[(int) (buffer >>> (BLOCK - HuffmanCodes.WINDOW))];
                int then = moved + (entry >> 6);
                if (then > BLOCK && overshoots(then)) {
                    entry = codes.first((int) (buffer >>> 48));
                    then = moved + (entry >> 6);
                    if (entry == 0 || overshoots(then)) {
                        return false;
                    }
                }
                moved = then;
                buffer <<= entry;
                bits -= entry & 63;
                codes = moved == 1 ? scan.ac()[(int) block] : codes;
            }
            if (bits < 0) {
                return false;
            }
        }
        at = next;
        return next == end && bits < 8;
    }

    /** Whether a block would end inside what an entry skips, or the entry is none. */
    private static boolean overshoots(int moved) {
        return moved > BLOCK && (moved <= HuffmanCodes.END_OF_BLOCK || moved >= HuffmanCodes.END_OF_BLOCK + BLOCK);
    }

    private static boolean hasNoMarkerByte(long eight) {
        return ((~eight - 0x0101010101010101L) & eight & 0x8080808080808080L) == 0;
    }
}
