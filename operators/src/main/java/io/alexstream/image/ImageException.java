package io.alexstream.image;

public final class ImageException extends RuntimeException {
    public ImageException(
            io.alexstream.contract.DeadLetterReason r, io.alexstream.contract.Stage s, String m, Throwable t) {
        super(m, t);
    }

    public io.alexstream.contract.DeadLetterReason reason() {
        return io.alexstream.contract.DeadLetterReason.CORRUPT_IMAGE;
    }

    public io.alexstream.contract.Stage stage() {
        return io.alexstream.contract.Stage.DECODE;
    }
}
