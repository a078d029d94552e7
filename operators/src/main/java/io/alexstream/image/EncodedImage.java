package io.alexstream.image;

/**
 * The bytes of one image as they were fetched, and the share of the memory budget that they take. Whoever fetched it
 * closes it as soon as the bytes are no longer used; closing again does nothing.
 */
public final class EncodedImage implements AutoCloseable {

    private final byte[] bytes;
    private final ByteBudget.Share share;

    EncodedImage(byte[] bytes, ByteBudget.Share share) {
        this.bytes = bytes;
        this.share = share;
    }

    /** The bytes themselves, not a copy; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Gives the share back; from any thread. */
    @Override
    public void close() {
        share.close();
    }
}
