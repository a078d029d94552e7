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

    public Classification {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(model, "model");
        uri = shortened(uri);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        predictions = List.copyOf(predictions);
    }

    /** {@code data:image/png;base64,iVBOR…} becomes {@code data:image/png}; any other URI stays. */
    public static String shortened(String uri) {
        if (!uri.regionMatches(true, 0, "data:", 0, 5)) {
            return uri;
        }
        int end = 5;
        while (end < uri.length() && end < 128 && uri.charAt(end) != ';' && uri.charAt(end) != ',') {
            end++;
        }
        return uri.substring(0, end);
    }
}
