package io.alexstream.image;

import io.alexstream.image.testing.EncodedBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;

/** PNGs of kinds that the JDK does not write, and broken ones. */
final class Pngs {

    private Pngs() {}

    /** A PNG of these rows, each with its filter byte. */
    static byte[] png(int width, int height, int bitDepth, int colourType, byte[] rows) {
        return EncodedBytes.join(
                signature(),
                EncodedBytes.chunk("IHDR", header(width, height, bitDepth, colourType)),
                EncodedBytes.chunk("IDAT", deflated(rows)),
                EncodedBytes.chunk("IEND", new byte[0]));
    }

    static byte[] signature() {
        return EncodedBytes.join(0x89, "PNG\r\n", 0x1A, "\n");
    }

    static byte[] header(long width, long height, int bitDepth, int colourType) {
        return EncodedBytes.join(EncodedBytes.big32(width), EncodedBytes.big32(height), bitDepth, colourType, 0, 0, 0);
    }

    static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
