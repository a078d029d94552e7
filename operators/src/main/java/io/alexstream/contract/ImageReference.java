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
 * @param timestamp event time in the years 0000 to 9999, all that RFC 3339 can write; null where neither producer nor
 *     stream gave one
 * @param attributes passed through to the event, never interpreted
 */
public record ImageReference(
        String id, String uri, @Nullable Instant timestamp, Map<String, String> attributes) {

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    public ImageReference {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(uri, "uri");
        attributes = Map.copyOf(Objects.requireNonNull(attributes, "attributes"));
        if (timestamp != null && !isTimestamp(timestamp)) {
            throw OneLine.refusal("timestamp must lie in the years 0000 to 9999", timestamp);
        }
    }

    /** A reference to {@code uri} that is its own id, without timestamp and attributes. */
    public static ImageReference of(String uri) {
        return new ImageReference(uri, uri, null, Map.of());
    }

    /** Whether an event can carry this timestamp; false for null. */
    static boolean isTimestamp(@Nullable Instant instant) {
        return instant != null && !instant.isBefore(FIRST) && !instant.isAfter(LAST);
    }
}
