package io.alexstream.image;

public final class EncodedImage implements AutoCloseable {
    public byte[] bytes() {
        return new byte[0];
    }

    public void close() {}
}
