package io.alexstream.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one scan of a sequential JPEG: its tables in the order in which an MCU's blocks use them, and its entropy-coded bytes.
 * Confined to one thread.
 *
 * @param dc table of each block of an MCU, as is {@code ac}
 * @param interval MCUs between two restart markers, 0 where there are none
 * @param data the bytes behind the scan's header, up to the next marker but for restarts
 */
record JpegScan(HuffmanCodes[] dc, HuffmanCodes[] ac, long mcus, int interval, ByteBuffer data) {

    private static final int SOF0 = 0xC0;
    private static final int SOF1 = 0xC1;
    private static final int DHT = 0xC4;
    private static final int SOS = 0xDA;
    private static final int DRI = 0xDD;

    /** Most blocks of an MCU, T.81 section B.2.3; libjpeg's D_MAX_BLOCKS_IN_MCU. */
    private static final int MAX_BLOCKS = 10;

    /** The scan of this JPEG; null where it is not the plain case: one scan, all of it sequential, no surprises. */
    static @Nullable JpegScan of(CheckedImage image) {
        return new Reader(image).read();
    }

    /** Reads the segments up to the scan. Confined to one thread. */
    private static final class Reader {

        private final CheckedImage image;
        private final @Nullable HuffmanCodes[] tables = new HuffmanCodes[8];
        private @Nullable ByteBuffer frame;
        private int interval;

        private Reader(CheckedImage image) {
            this.image = image;
        }

        @Nullable
        JpegScan read() {
            int last = image.stream().size() - 2;
            for (int i = 1; i <= last; i++) {
                ByteBuffer segment = image.stream().get(i);
                int marker = u8(segment, 1);
                if (marker == SOS) {
                    return i == last && frame != null ? scan(frame, segment) : null;
                }
                if (marker == DHT && !huffman(segment)) {
                    return null;
                }
                if (marker == DRI) {
                    interval = segment.limit() == 6 ? segment.getShort(4) & 0xFFFF : 0;
                } else if (marker == SOF0 || marker == SOF1) {
                    frame = segment;
                }
            }
            return null;
        }

        private boolean huffman(ByteBuffer segment) {
            int at = 4;
            while (at < segment.limit()) {
                int slot = u8(segment, at);
                int symbols = 0;
                if (at + 17 > segment.limit() || (slot & 0xEC) != 0) {
                    return false;
                }
                for (int i = 1; i <= 16; i++) {
                    symbols += u8(segment, at + i);
                }
                if (symbols > 256 || at + 17 + symbols > segment.limit()) {
                    return false;
                }
                boolean coefficients = slot >= 16;
                HuffmanCodes codes = HuffmanCodes.read(segment, at + 1, symbols, coefficients);
                if (codes == null) {
                    return false;
                }
                tables[(slot & 3) + (coefficients ? 4 : 0)] = codes;
                at += 17 + symbols;
            }
            return true;
        }

        private @Nullable JpegScan scan(ByteBuffer header, ByteBuffer segment) {
            int components = u8(header, 9);
            if (!isSequential(segment, components)) {
                return null;
            }
            List<HuffmanCodes> dc = new ArrayList<>();
            List<HuffmanCodes> ac = new ArrayList<>();
            int widest = 1;
            int tallest = 1;
            for (int i = 0; i < components; i++) {
                int selector = u8(segment, 6 + 2 * i);
                // A lone component is not interleaved, whatever its sampling.
                int sampling = components == 1 ? 0x11 : u8(header, 11 + 3 * i);
                boolean inOrder = u8(segment, 5 + 2 * i) == u8(header, 10 + 3 * i);
                HuffmanCodes first = tables[selector >> 4 & 3];
                HuffmanCodes rest = tables[4 + (selector & 3)];
                if (!inOrder || first == null || rest == null || (selector & 0xCC) != 0) {
                    return null;
                }
                int blocks = (sampling >> 4) * (sampling & 15);
                dc.addAll(Collections.nCopies(blocks, first));
                ac.addAll(Collections.nCopies(blocks, rest));
                widest = Math.max(widest, sampling >> 4);
                tallest = Math.max(tallest, sampling & 15);
            }
            if (dc.isEmpty() || dc.size() > MAX_BLOCKS) {
                return null;
            }
            long mcus = (long) divideUp(image.width(), 8 * widest) * divideUp(image.height(), 8 * tallest);
            int start = 2 + (segment.getShort(2) & 0xFFFF);
            return new JpegScan(
                    dc.toArray(HuffmanCodes[]::new),
                    ac.toArray(HuffmanCodes[]::new),
                    mcus,
                    interval,
                    segment.slice(start, segment.limit() - start));
        }

        /** Whether the scan holds all components, and of each all coefficients with all their bits. */
        private static boolean isSequential(ByteBuffer segment, int components) {
            int parameters = 5 + 2 * components;
            return u8(segment, 4) == components
                    && u8(segment, parameters) == 0
                    && u8(segment, parameters + 1) == 63
                    && u8(segment, parameters + 2) == 0;
        }

        private static int u8(ByteBuffer bytes, int at) {
            return bytes.get(at) & 0xFF;
        }

        private static int divideUp(int value, int by) {
            return (value + by - 1) / by;
        }
    }
}
