package io.alexstream.image;

import java.nio.ByteBuffer;
import java.util.List;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The parts of a file read as one, without copying them together: an image of the largest allowed size would double else.
 *
 * <p>The length stays unknown (the super class answers -1) on purpose: TwelveMonkeys would take it to refuse pictures that
 * are "implausibly" well compressed, which a plain background is; {@link ImageGate} has bounded the pixels already. Confined
 * to one thread.
 */
final class SplicedInput extends ImageInputStreamImpl {

    private final List<ByteBuffer> parts;
    private final long[] starts;
    private int current;

    SplicedInput(List<ByteBuffer> parts) {
        this.parts = parts;
        this.starts = new long[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            starts[i + 1] = starts[i] + parts.get(i).limit();
        }
    }

    @Override
    public int read() {
        bitOffset = 0;
        if (!locate()) {
            return -1;
        }
        int value = parts.get(current).get((int) (streamPos - starts[current])) & 0xFF;
        streamPos++;
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (!locate()) {
            return -1;
        }
        int from = (int) (streamPos - starts[current]);
        int count = Math.min(length, parts.get(current).limit() - from);
        parts.get(current).get(from, target, offset, count);
        streamPos += count;
        return count;
    }

    /** Makes {@code current} the part that holds the stream's position; false at the end. */
    private boolean locate() {
        if (streamPos < starts[current]) {
            current = 0;
        }
        while (current < parts.size() && streamPos >= starts[current + 1]) {
            current++;
        }
        if (current == parts.size()) {
            current = 0;
            return false;
        }
        return true;
    }
}
