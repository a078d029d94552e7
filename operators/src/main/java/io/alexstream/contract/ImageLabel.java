package io.alexstream.contract;

import java.util.Objects;

/** The value of the topic {@code labels}: what a person or another system says an image is. */
public record ImageLabel(String id, String uri, String label) {

    public ImageLabel {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(label, "label");
    }
}
