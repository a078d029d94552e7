package io.alexstream.demo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Files that look like pictures, or are made to hurt a decoder. */
final class HostileFiles {

    private static final int START_OF_SCAN = 0xDA;

    private HostileFiles() {}

    /** A JPEG of which the last half is missing. */
    static byte[] truncatedJpeg() throws IOException {
        byte[] whole = PictureKind.JPEG.draw(Scene.HOUSES, 400, 300, 1);
        return Arrays.copyOf(whole, whole.length / 2);
    }

    /** A PNG of some hundred bytes that says it has {@code side} times {@code side} pixels. */
    static byte[] pngBomb(int side) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(side);
        fields.writeInt(side);
        fields.write(new byte[] {8, 2, 0, 0, 0}); // 8 bits, RGB, deflate, no filter method, not interlaced
        chunk(out, "IHDR", header.toByteArray());
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(pixels)) {
            deflate.write(new byte[64 << 10]);
        }
        chunk(out, "IDAT", pixels.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }

    /** A small progressive JPEG whose last scan comes again and again; each costs the decoder a pass over all pixels. */
    static byte[] scanBomb(int scans) throws IOException {
        byte[] picture = PictureKind.JPEG_PROGRESSIVE.draw(Scene.BUBBLES, 64, 64, 1);
        int last = picture.length - 2;
        while (last > 0 && !((picture[last] & 0xFF) == 0xFF && (picture[last + 1] & 0xFF) == START_OF_SCAN)) {
            last--;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(picture, 0, last);
        for (int i = 0; i < scans; i++) {
            bytes.write(picture, last, picture.length - 2 - last);
        }
        bytes.write(picture, picture.length - 2, 2);
        return bytes.toByteArray();
    }

    static byte[] svg() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>"
                .getBytes(StandardCharsets.UTF_8);
    }
}
