package io.alexstream.image;

public final class UriPolicy {
    public static UriPolicy of(java.util.List<String> a) {
        return new UriPolicy();
    }
}
