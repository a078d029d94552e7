package io.alexstream.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One Huffman table of a JPEG, made for skipping: an entry says how many bits a symbol takes with the value behind it, and how
 * far it moves in its block, but not what the value is. An entry is {@code advance << 6 | bits}. Immutable, safe for concurrent
 * use.
 */
final class HuffmanCodes {

    /** Bits looked at at once. 4096 entries stay in a core's first cache and hold all but the rarest codes. */
    static final int WINDOW = 12;

    /** How far the end of a block moves; more than any run of coefficients, so that it can be told apart. */
    static final int END_OF_BLOCK = 128;

    /** Entry of a window that holds no whole code: it moves farther than any block goes, which nobody overlooks. */
    private static final int NONE = 2 * END_OF_BLOCK << 6;

    /** Longest code, T.81 section C. */
    private static final int LONGEST = 16;

    private final int[] limits = new int[LONGEST + 1];
    private final int[] offsets = new int[LONGEST + 1];
    private final byte[] symbols;
    private final boolean coefficients;

    /** Entries of one symbol, by the next {@link #WINDOW} bits. */
    private final int[] single;

    /**
     * Entries of as many symbols of one block as the next {@link #WINDOW} bits hold. Together they may reach past the block's
     * end, or there may be no whole code: {@link #first} then tells.
     */
    final int[] several;

    private HuffmanCodes(byte[] symbols, boolean coefficients) {
        this.symbols = symbols;
        this.coefficients = coefficients;
        this.single = new int[1 << WINDOW];
        this.several = coefficients ? new int[1 << WINDOW] : single;
    }

    /**
     * Reads a table whose 16 counts begin {@code at}; null where it is not one that both libjpegs take.
     *
     * @param coefficients whether the table is for AC
     */
    static @Nullable HuffmanCodes read(ByteBuffer bytes, int at, int symbolCount, boolean coefficients) {
        byte[] symbols = new byte[symbolCount];
        bytes.get(at + LONGEST, symbols);
        HuffmanCodes codes = new HuffmanCodes(symbols, coefficients);
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            int count = bytes.get(at + length - 1) & 0xFF;
            codes.offsets[length] = index - code;
            code += count;
            index += count;
            // No code is all ones.
            if (count > 0 && code >= 1 << length) {
                return null;
            }
            codes.limits[length] = code << (LONGEST - length);
            code <<= 1;
        }
        if (!codes.isForItsClass()) {
            return null;
        }
        codes.fill();
        return codes;
    }

    /** A DC symbol is a number of bits. */
    private boolean isForItsClass() {
        for (byte symbol : symbols) {
            if (!coefficients && (symbol & 0xFF) > 15) {
                return false;
            }
        }
        return true;
    }

    /** Entry of the one symbol whose code, however long, begins these 16 bits; 0 where there is none. */
    int first(int bits) {
        int entry = single[bits >> (LONGEST - WINDOW)];
        return entry == NONE ? find(bits) : entry;
    }

    /** Code by code and not window by window: this is done for each picture. */
    private void fill() {
        byte[] lengths = new byte[single.length];
        int from = 0;
        for (int length = 1; length <= WINDOW; length++) {
            int span = 1 << (WINDOW - length);
            for (int to = limits[length] >> (LONGEST - WINDOW); from < to; from += span) {
                Arrays.fill(single, from, from + span, find(from << (LONGEST - WINDOW)));
                Arrays.fill(lengths, from, from + span, (byte) length);
            }
        }
        Arrays.fill(single, from, single.length, NONE);
        if (coefficients) {
            for (int window = 0; window < several.length; window++) {
                several[window] = followed(window, lengths);
            }
        }
    }

    private int find(int bits) {
        for (int length = 1; length <= LONGEST; length++) {
            if (bits < limits[length]) {
                int symbol = symbols[(bits >> (LONGEST - length)) + offsets[length]] & 0xFF;
                return advance(symbol) << 6 | length + (symbol & 15);
            }
        }
        return 0;
    }

    private int advance(int symbol) {
        boolean endOfBlock = coefficients && (symbol & 15) == 0 && symbol >> 4 != 15;
        return endOfBlock ? END_OF_BLOCK : coefficients ? (symbol >> 4) + 1 : 1;
    }

    /** The first symbol of the window and those behind it whose codes it holds too. */
    private int followed(int window, byte[] lengths) {
        int entry = single[window];
        int last = entry;
        while (last >> 6 < END_OF_BLOCK && (entry & 63) < WINDOW) {
            int used = entry & 63;
            int rest = (window << used) & (single.length - 1);
            last = single[rest];
            // What is behind the window is not known: the code must end inside it.
            if (last == NONE || used + lengths[rest] > WINDOW) {
                return entry;
            }
            entry += last;
        }
        return entry;
    }
}
