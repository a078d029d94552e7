package io.alexstream.image;

import io.alexstream.contract.InputSpec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A decoded image that can be cut into frames of any size, and its share of the memory for pixels, which the caller gives back
 * by closing. Confined to one thread at a time.
 */
public final class PreparedImage implements AutoCloseable {

    private final MemoryBudget.Share share;
    private final ResizePool resizes;
    private @Nullable DecodedImage pixels;

    PreparedImage(DecodedImage pixels, MemoryBudget.Share share, ResizePool resizes) {
        this.pixels = pixels;
        this.share = share;
        this.resizes = resizes;
    }

    /** In pixels, as it is shown: after its EXIF orientation. */
    public int width() {
        return open().width();
    }

    /** In pixels, as it is shown: after its EXIF orientation. */
    public int height() {
        return open().height();
    }

    private DecodedImage open() {
        DecodedImage open = pixels;
        if (open == null) {
            throw new IllegalStateException("the image is closed");
        }
        return open;
    }

    /**
     * Writes the {@link InputSpec#frameBytes()} bytes of the frame from the slot's position on; position and limit stay.
     *
     * @throws IllegalArgumentException if the slot has no room for them
     */
    public void writeFrame(InputSpec input, ByteBuffer slot) {
        DecodedImage open = open();
        if (slot.remaining() < input.frameBytes()) {
            throw new IllegalArgumentException(
                    "the slot has room for " + slot.remaining() + " bytes, a frame needs " + input.frameBytes());
        }
        resizes.write(open, input, slot);
    }

    @Override
    public void close() {
        pixels = null;
        share.close();
    }
}
