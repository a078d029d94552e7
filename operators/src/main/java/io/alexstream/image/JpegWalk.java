package io.alexstream.image;

import io.alexstream.image.CheckedImage.Coding;
import io.alexstream.image.CheckedImage.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a JPEG's markers from the start to the end of the image, once. Application segments and comments are left out of the
 * stream for the decoder: an ICC profile would shift colours, and a thumbnail is a picture of its own. Marker codes are those
 * of ITU-T T.81, table B.1. Confined to one thread.
 */
final class JpegWalk {

    private static final int TEM = 0x01;
    private static final int SOF0 = 0xC0;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int SOF15 = 0xCF;
    private static final int RST0 = 0xD0;
    private static final int RST7 = 0xD7;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;

    private final HeaderBytes bytes;
    private final PixelLimit pixels;
    private final int maxScans;
    private final JpegColor color = new JpegColor();
    private final List<ByteBuffer> kept = new ArrayList<>();
    private final BitSet scanned = new BitSet();
    private int orientation = ExifOrientation.UPRIGHT;
    private boolean seenExif;
    private int scans;
    private @Nullable JpegFrame frame;

    JpegWalk(HeaderBytes bytes, PixelLimit pixels, int maxScans) {
        this.bytes = bytes;
        this.pixels = pixels;
        this.maxScans = maxScans;
    }

    CheckedImage check() {
        long at = nextMarker(2);
        while (bytes.u8(at) != EOI) {
            at = nextMarker(segment(bytes.u8(at), at + 1));
        }
        JpegFrame found = frame;
        if (found == null || !found.isCovered(scanned)) {
            throw ImageException.corrupt("the JPEG ends before it has shown every colour channel");
        }
        kept.add(0, color.prologue(found));
        kept.add(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) EOI}));
        // Several scans make the decoder keep the coefficients of all pixels, as progressive coding does.
        boolean multipass = found.progressive() || scans > 1;
        Coding coding = new Coding(found.ids().size(), 8, multipass, color.isYcck(found));
        Frame whole = new Frame(0, 0, found.width(), found.height());
        return new CheckedImage(ImageFormat.JPEG, found.width(), found.height(), whole, coding, orientation, kept);
    }

    /** Position of the next marker's code; bytes before it are skipped, as libjpeg does. */
    private long nextMarker(long from) {
        long at = from;
        while (true) {
            while (bytes.u8(at) != 0xFF) {
                at++;
            }
            while (bytes.u8(at) == 0xFF) {
                at++;
            }
            if (bytes.u8(at) != 0) {
                return at;
            }
        }
    }

    /** Takes in one marker whose parameters begin {@code at}, and returns where the next may begin. */
    private long segment(int marker, long at) {
        if (marker == TEM || isRestart(marker)) {
            return at;
        }
        if (marker == SOI) {
            throw ImageException.corrupt("the JPEG starts a second image inside the first");
        }
        int length = bytes.u16BigEndian(at);
        if (length < 2) {
            throw ImageException.corrupt("the JPEG has a segment of length " + length);
        }
        bytes.require(at, length);
        long end = at + length;
        if ((marker >= APP0 && marker <= APP15) || marker == COMMENT) {
            application(marker, at, length);
            return end;
        }
        if (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC) {
            frame(marker, at, length);
        } else if (marker == SOS) {
            end = scan(at, length);
        }
        kept.add(bytes.slice(at - 2, end - at + 2));
        return end;
    }

    private static boolean isRestart(int marker) {
        return marker >= RST0 && marker <= RST7;
    }

    private void application(int marker, long at, int length) {
        if (marker == APP0) {
            color.app0(bytes, at, length);
        } else if (marker == APP14) {
            color.app14(bytes, at, length);
        } else if (marker == APP1 && !seenExif && bytes.has(at + 2, "Exif\0")) {
            seenExif = true;
            orientation = ExifOrientation.of(bytes, at + 8, at + length);
        }
    }

    private void frame(int marker, long at, int length) {
        if (frame != null) {
            throw ImageException.corrupt("the JPEG has two frame headers");
        }
        frame = JpegFrame.read(bytes, marker, at, length);
        pixels.check(ImageFormat.JPEG, frame.width(), frame.height());
    }

    /** Counts the scan and returns the end of its entropy-coded data, restart markers included. */
    private long scan(long at, int length) {
        if (++scans > maxScans) {
            throw ImageException.tooLarge("the JPEG has more than the allowed " + maxScans + " scans");
        }
        int components = bytes.u8(at + 2);
        if (length != 6 + 2 * components) {
            throw ImageException.corrupt("the JPEG's scan header has a wrong length");
        }
        for (int i = 0; i < components; i++) {
            scanned.set(bytes.u8(at + 3 + 2L * i));
        }
        long end = at + length;
        while (true) {
            end = bytes.indexOf(0xFF, end);
            int next = bytes.u8(end + 1);
            if (next == 0xFF) {
                end++;
            } else if (next == 0 || isRestart(next)) {
                end += 2;
            } else {
                return end;
            }
        }
    }
}
