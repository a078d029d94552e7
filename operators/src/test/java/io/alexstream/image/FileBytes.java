package io.alexstream.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes image files byte by byte, as no honest encoder would. */
final class FileBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    FileBytes bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    FileBytes ascii(String text) {
        return all(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    FileBytes all(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    FileBytes big16(int value) {
        return bytes(value >> 8, value);
    }

    FileBytes big32(int value) {
        return big16(value >> 16).big16(value);
    }

    FileBytes little16(int value) {
        return bytes(value, value >> 8);
    }

    FileBytes little32(int value) {
        return little16(value).little16(value >> 16);
    }

    /** A PNG chunk with its check sum. */
    FileBytes chunk(String type, byte[] data) {
        byte[] checked = new FileBytes().ascii(type).all(data).toArray();
        CRC32 sum = new CRC32();
        sum.update(checked);
        return big32(data.length).all(checked).big32((int) sum.getValue());
    }

    /** A JPEG segment: marker, length, content. */
    FileBytes segment(int marker, byte[] data) {
        return bytes(0xFF, marker).big16(data.length + 2).all(data);
    }

    /** A RIFF chunk, padded to an even length. */
    FileBytes riff(String type, byte[] data) {
        ascii(type).little32(data.length).all(data);
        return data.length % 2 == 0 ? this : bytes(0);
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
