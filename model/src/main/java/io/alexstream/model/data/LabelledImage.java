package io.alexstream.model.data;

/**
 * What somebody says an image is.
 *
 * @param key tells images apart, and decides with the label which are held out: a file's name within its folder, else the URI
 * @param uri where its bytes are
 */
public record LabelledImage(String key, String uri, String label) {

    public LabelledImage {
        if (label.isBlank()) {
            throw new IllegalArgumentException("the label of " + key + " is empty");
        }
    }
}
