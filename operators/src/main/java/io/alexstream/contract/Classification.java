package io.alexstream.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The value of the topic {@code classifications}.
 *
 * @param uri the image's URI; a {@code data:} URI is shortened to its media type
 * @param predictions by falling probability, ties by rising index
 * @param source the record that asked for it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Classification(
        String id,
        String uri,
        @Nullable Instant timestamp,
        Map<String, String> attributes,
        ModelRef model,
        List<Prediction> predictions,
        Instant classifiedAt,
        @Nullable SourcePosition source) {

    private static final String SCHEME = "data:";

    /** RFC 6838 advises against media types longer than 64 on either side of the slash. */
    private static final int MAX_SHORTENED = SCHEME.length() + 64 + 1 + 64;

    public Classification {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(classifiedAt, "classifiedAt");
        uri = shortened(Objects.requireNonNull(uri, "uri"));
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        predictions = List.copyOf(predictions);
    }

    /** {@code data:image/png;base64,iVBOR…} becomes {@code data:image/png}; any other URI stays. */
    public static String shortened(String uri) {
        if (!isInline(uri)) {
            return uri;
        }
        int end = SCHEME.length();
        while (end < uri.length() && end < MAX_SHORTENED && isOfMediaType(uri.charAt(end))) {
            end++;
        }
        return uri.substring(0, end);
    }

    /** Whether the URI carries the image itself. */
    static boolean isInline(String uri) {
        return uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** A media type is visible ASCII (RFC 6838), so that a cut behind it never parts a surrogate pair. */
    private static boolean isOfMediaType(char character) {
        return character > ' ' && character < 0x7f && character != ';' && character != ',';
    }
}
