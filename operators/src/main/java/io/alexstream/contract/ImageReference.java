package io.alexstream.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One image to classify: the value of the topic {@code images}.
 *
 * @param id the producer's name for it; need not be unique
 * @param uri where the image lies, or a {@code data:} URI that carries it; a String because a {@code java.net.URI} field
 *     would be a generic type to Flink, and because what a producer sends need not be a URI at all
 * @param timestamp event time, or null where neither producer nor stream gave one
 * @param attributes passed through to the event, never interpreted
 */
public record ImageReference(
        String id, String uri, @Nullable Instant timestamp, Map<String, String> attributes) {

    public ImageReference {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(attributes, "attributes");
    }

    /** A reference to {@code uri} that is its own id, without timestamp and attributes. */
    public static ImageReference of(String uri) {
        return new ImageReference(uri, uri, null, Map.of());
    }
}
