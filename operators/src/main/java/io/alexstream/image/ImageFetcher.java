package io.alexstream.image;

public final class ImageFetcher implements AutoCloseable {
    public ImageFetcher(UriPolicy p, FetchLimits l) {}

    public EncodedImage fetch(String u) {
        return new EncodedImage();
    }

    public void close() {}
}
