package io.alexstream.image.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Cutting and joining of encoded images. */
public final class EncodedBytes {

    private EncodedBytes() {}

    /** Bytes from ints and arrays and ASCII strings, one after the other. */
    public static byte[] join(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof byte[] bytes) {
                out.writeBytes(bytes);
            } else if (part instanceof Integer value) {
                out.write(value);
            } else {
                out.writeBytes(part.toString().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return out.toByteArray();
    }

    public static byte[] insert(byte[] bytes, int at, byte[] inserted) {
        return join(slice(bytes, 0, at), inserted, slice(bytes, at, bytes.length));
    }

    public static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    public static byte[] big32(long value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    public static byte[] little32(long value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
    }

    public static byte[] little16(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    /** A segment of a JPEG. */
    public static byte[] segment(int marker, byte[] data) {
        int length = data.length + 2;
        return join(0xFF, marker, length >> 8, length & 0xff, data);
    }

    /** A chunk of a PNG. */
    public static byte[] chunk(String type, byte[] data) {
        byte[] body = join(type, data);
        CRC32 sum = new CRC32();
        sum.update(body);
        return join(big32(data.length), body, big32(sum.getValue()));
    }

    /** EXIF data that names an orientation, in either byte order. */
    public static byte[] exif(int orientation, boolean littleEndian) {
        return littleEndian
                ? join("II", 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0)
                : join("MM", 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0);
    }

    /** The JPEG with an EXIF block right behind its beginning. */
    public static byte[] withExif(byte[] jpeg, byte[] exif) {
        return insert(jpeg, 2, segment(0xE1, join("Exif\0\0", exif)));
    }

    /** The PNG with a chunk behind its header. */
    public static byte[] withChunk(byte[] png, byte[] chunk) {
        return insert(png, 33, chunk);
    }

    /** Where a sequence begins, from {@code from} on; -1 where it does not come. */
    public static int indexOf(byte[] bytes, byte[] sought, int from) {
        for (int i = from; i + sought.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + sought.length, sought, 0, sought.length)) {
                return i;
            }
        }
        return -1;
    }
}
