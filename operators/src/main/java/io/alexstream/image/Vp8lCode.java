package io.alexstream.image;

import java.util.Arrays;

/**
 * One prefix code of a lossless WebP (WebP Lossless Bitstream Specification, section 6.2), decoded bit by bit: only a header is
 * read with it. Codes that are not complete are refused, so that no decoder can read them otherwise. Immutable.
 */
final class Vp8lCode {

    private static final int LONGEST = 15;

    /** The order in which the lengths of the code for lengths are written. */
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private final int[] count = new int[LONGEST + 1];
    private final int[] symbols;

    private Vp8lCode(int... lengths) {
        int used = 0;
        for (int length : lengths) {
            count[length] += length > 0 ? 1 : 0;
            used += length > 0 ? 1 : 0;
        }
        symbols = new int[used];
        requireComplete();
        int at = 0;
        for (int length = 1; length <= LONGEST; length++) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    symbols[at++] = symbol;
                }
            }
        }
    }

    /** A single symbol needs no bits; else every sequence of bits must begin exactly one code. */
    private void requireComplete() {
        int left = 1;
        for (int length = 1; length <= LONGEST && left >= 0; length++) {
            left = 2 * left - count[length];
        }
        if (symbols.length == 0 || (symbols.length > 1 && left != 0)) {
            throw ImageException.corrupt("the WebP has a code that is not complete");
        }
    }

    static Vp8lCode read(Vp8lBits bits, int alphabet) {
        int[] lengths = new int[Math.max(alphabet, 256)];
        if (!bits.flag()) {
            return new Vp8lCode(lengths(bits, alphabet));
        }
        boolean two = bits.flag();
        int first = bits.number(bits.flag() ? 8 : 1);
        lengths[first] = 1;
        if (two) {
            int second = bits.number(8);
            if (first >= second) {
                // Decoders do not agree on which of them a 0 means where the larger comes first.
                throw ImageException.corrupt("the WebP has a code of two symbols that are out of order");
            }
            lengths[second] = 1;
        }
        return new Vp8lCode(lengths);
    }

    private static int[] lengths(Vp8lBits bits, int alphabet) {
        int[] ofLengths = new int[ORDER.length];
        int written = 4 + bits.number(4);
        for (int i = 0; i < written; i++) {
            ofLengths[ORDER[i]] = bits.number(3);
        }
        Vp8lCode code = new Vp8lCode(ofLengths);
        int left = bits.flag() ? 2 + bits.number(2 + 2 * bits.number(3)) : alphabet;
        int[] lengths = new int[alphabet];
        int previous = 8;
        for (int symbol = 0; symbol < alphabet && left > 0; left--) {
            int length = code.next(bits);
            if (length <= LONGEST) {
                lengths[symbol++] = length;
                previous = length == 0 ? previous : length;
                continue;
            }
            int repeats = length == 16 ? 3 + bits.number(2) : length == 17 ? 3 + bits.number(3) : 11 + bits.number(7);
            if (symbol + repeats > alphabet) {
                throw ImageException.corrupt("the WebP has more code lengths than symbols");
            }
            Arrays.fill(lengths, symbol, symbol + repeats, length == 16 ? previous : 0);
            symbol += repeats;
        }
        return lengths;
    }

    /** The next symbol; takes no bits where there is only one. */
    int next(Vp8lBits bits) {
        if (symbols.length == 1) {
            return symbols[0];
        }
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; ; length++) {
            code |= bits.bit();
            if (code - first < count[length]) {
                return symbols[index + code - first];
            }
            index += count[length];
            first = first + count[length] << 1;
            code <<= 1;
        }
    }
}
