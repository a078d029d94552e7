package io.alexstream.image;

public final class PreparedImage implements AutoCloseable {
    public void writeFrame(io.alexstream.contract.InputSpec i, java.nio.ByteBuffer b) {}

    public void close() {}
}
