package io.alexstream.image;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a JPEG's application segments say of its colour coding, and libjpeg's rules for it ({@code default_decompress_parms} in
 * {@code jdapimin.c}). The JDK's reader has other rules (it takes unmarked pictures without subsampling for RGB), so the
 * answer is given to it as a marker it cannot mistake. Confined to one thread.
 */
final class JpegColor {

    /** Adobe's transform codes. */
    private static final int NO_TRANSFORM = 0;

    private static final int TRANSFORM_YCCK = 2;

    private boolean jfif;
    private boolean adobe;
    private int adobeTransform;

    /** Notes an APP0 segment whose length field lies {@code at}. */
    void app0(HeaderBytes bytes, long at, int length) {
        jfif |= length >= 16 && bytes.has(at + 2, "JFIF\0");
    }

    /** Notes an APP14 segment whose length field lies {@code at}. */
    void app14(HeaderBytes bytes, long at, int length) {
        if (length >= 14 && bytes.has(at + 2, "Adobe")) {
            adobe = true;
            adobeTransform = bytes.u8(at + 13);
        }
    }

    /** Start of image and the one application segment that makes the coding of this frame plain. */
    ByteBuffer prologue(JpegFrame frame) {
        return switch (frame.ids().size()) {
            case 1 -> jfif();
            case 3 -> isRgb(frame.ids()) ? adobe(NO_TRANSFORM) : jfif();
            default -> adobe(isYcck(frame) ? TRANSFORM_YCCK : NO_TRANSFORM);
        };
    }

    /** Whether four channels are luminance, chroma and black. */
    boolean isYcck(JpegFrame frame) {
        return frame.ids().size() == 4 && adobe && adobeTransform != NO_TRANSFORM;
    }

    private boolean isRgb(List<Integer> ids) {
        if (jfif) {
            return false;
        }
        if (adobe) {
            return adobeTransform == NO_TRANSFORM;
        }
        return ids.equals(List.of((int) 'R', (int) 'G', (int) 'B'));
    }

    private static ByteBuffer jfif() {
        byte marker = (byte) 0xE0;
        return ByteBuffer.wrap(new byte[] {
            (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, marker, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0
        });
    }

    private static ByteBuffer adobe(int transform) {
        byte marker = (byte) 0xEE;
        return ByteBuffer.wrap(new byte[] {
            (byte) 0xFF,
            (byte) 0xD8,
            (byte) 0xFF,
            marker,
            0,
            14,
            'A',
            'd',
            'o',
            'b',
            'e',
            0,
            100,
            0,
            0,
            0,
            0,
            (byte) transform
        });
    }
}
