package io.alexstream.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Numbers out of an untrusted header; whoever reads past the end finds the image corrupt. Confined to one thread. */
final class HeaderBytes {

    private final ByteBuffer bytes;
    private final int length;
    private final ImageFormat format;

    /** Reads {@code bytes} from 0 to its limit, whatever its position. */
    HeaderBytes(ByteBuffer bytes, ImageFormat format) {
        this.bytes = bytes;
        this.length = bytes.limit();
        this.format = format;
    }

    int length() {
        return length;
    }

    int u8(long at) {
        require(at, 1);
        return bytes.get((int) at) & 0xFF;
    }

    int u16BigEndian(long at) {
        return u8(at) << 8 | u8(at + 1);
    }

    long u32BigEndian(long at) {
        return (long) u16BigEndian(at) << 16 | u16BigEndian(at + 2);
    }

    int u16LittleEndian(long at) {
        return u8(at) | u8(at + 1) << 8;
    }

    int u24LittleEndian(long at) {
        return u16LittleEndian(at) | u8(at + 2) << 16;
    }

    long u32LittleEndian(long at) {
        return u16LittleEndian(at) | (long) u16LittleEndian(at + 2) << 16;
    }

    /** Whether these characters stand here; false past the end. */
    boolean has(long at, String ascii) {
        byte[] wanted = ascii.getBytes(StandardCharsets.US_ASCII);
        if (at < 0 || at > length - wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get((int) at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Where this byte stands next; the image is corrupt where it does not. */
    long indexOf(int wanted, long from) {
        for (int at = (int) from; at < length; at++) {
            if (bytes.get(at) == (byte) wanted) {
                return at;
            }
        }
        throw ImageException.corrupt("the " + format + " ends inside its pixels, after " + length + " bytes");
    }

    /** A view of these bytes, not a copy. */
    ByteBuffer slice(long at, long count) {
        require(at, count);
        return bytes.slice((int) at, (int) count);
    }

    /** Refuses the image where it does not hold {@code count} bytes from here. */
    void require(long at, long count) {
        if (at < 0 || count < 0 || at > length - count) {
            throw ImageException.corrupt(
                    "the " + format + " ends too early: it has " + length + " bytes and needs " + (at + count));
        }
    }
}
