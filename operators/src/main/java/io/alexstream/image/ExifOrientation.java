package io.alexstream.image;

/**
 * The orientation tag out of an EXIF block, which is a small TIFF file. Reads a few numbers of the first directory only and
 * follows no other pointer; whatever is wrong with the block, the picture counts as upright.
 */
final class ExifOrientation {

    /** Rows from the top, columns from the left: nothing to turn. */
    static final int UPRIGHT = 1;

    private static final int TAG = 0x0112;
    private static final int TYPE_SHORT = 3;
    private static final int TYPE_LONG = 4;
    private static final int ENTRY_BYTES = 12;

    private ExifOrientation() {}

    /** 1 to 8, read from the TIFF header at {@code from}; nothing from {@code end} on belongs to it. */
    static int of(HeaderBytes bytes, long from, long end) {
        try {
            return new Tiff(bytes, from, end).orientation();
        } catch (ImageException e) {
            return UPRIGHT;
        }
    }

    private record Tiff(HeaderBytes bytes, long from, long end) {

        int orientation() {
            if (!bytes.has(from, "II*\0") && !bytes.has(from, "MM\0*")) {
                return UPRIGHT;
            }
            long directory = from + u32(from + 4);
            int entries = u16(directory);
            for (int i = 0; i < entries; i++) {
                long entry = directory + 2 + (long) ENTRY_BYTES * i;
                if (u16(entry) == TAG) {
                    return value(entry);
                }
            }
            return UPRIGHT;
        }

        private int value(long entry) {
            int type = u16(entry + 2);
            long value = type == TYPE_SHORT ? u16(entry + 8) : type == TYPE_LONG ? u32(entry + 8) : UPRIGHT;
            return u32(entry + 4) == 1 && value >= 1 && value <= 8 ? (int) value : UPRIGHT;
        }

        private int u16(long at) {
            inside(at, 2);
            return bytes.has(from, "MM") ? bytes.u16BigEndian(at) : bytes.u16LittleEndian(at);
        }

        private long u32(long at) {
            inside(at, 4);
            return bytes.has(from, "MM") ? bytes.u32BigEndian(at) : bytes.u32LittleEndian(at);
        }

        private void inside(long at, int length) {
            if (at < from || at + length > end) {
                throw ImageException.corrupt("the EXIF block points outside itself");
            }
        }
    }
}
