package io.alexstream.image;

public final class FramePreprocessor {
    public FramePreprocessor(ImageLimits l, ImageDecoder d, boolean e) {}

    public PreparedImage prepare(byte[] b) {
        return new PreparedImage();
    }
}
