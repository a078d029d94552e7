package io.alexstream.model.data;

import io.alexstream.image.UriText;

/**
 * What somebody says an image is.
 *
 * @param key tells images apart, and decides which are held out: a file's name within its folder, else the URI
 * @param uri where its bytes are
 */
public record LabelledImage(String key, String uri, String label) {

    public LabelledImage {
        if (label.isBlank()) {
            throw new IllegalArgumentException(
                    "the label of " + (key.equals(uri) ? UriText.of(uri) : key) + " is empty");
        }
    }

    /** The key as a message may show it: never the content of a {@code data:} URI, nor what may be a secret. */
    public String shown() {
        return key.equals(uri) ? UriText.of(uri) : key;
    }
}
