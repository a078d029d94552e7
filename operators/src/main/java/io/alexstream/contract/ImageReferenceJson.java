package io.alexstream.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of the topic {@code images}. Written by hand, so that each refusal names the field and the fix, and token
 * by token, so that fields which are ignored take no memory. One object a call, confined to it.
 */
public final class ImageReferenceJson {

    /**
     * Most characters of id, attributes and a URI that is not inline, together: they lie in checkpointed state and go out with
     * the event. A path of 4,096 bytes (Linux' PATH_MAX) takes 12,288 when percent-encoded, so there is room for the rest.
     */
    static final int MAX_CHARACTERS = 65_536;

    /** Longest value that is looked at: sixteen times what a broker takes by default ({@code message.max.bytes}). */
    static final int MAX_BYTES = 16 << 20;

    private static final String EMPTY = "the value is empty; expected a JSON object with a 'uri'";

    private @Nullable String id;
    private @Nullable String uri;
    private @Nullable Instant timestamp;
    private Map<String, String> attributes = Map.of();

    private ImageReferenceJson() {}

    /**
     * Reads one reference. Where a field is there twice, the last one counts.
     *
     * @param value the record's bytes; null for a Kafka tombstone
     * @param defaultId taken where the value has no {@code id}
     * @param defaultTimestamp taken where the value has no {@code timestamp}; left out where no reference can carry it
     * @throws MalformedReferenceException where the bytes are no image reference
     */
    public static ImageReference parse(byte @Nullable [] value, String defaultId, @Nullable Instant defaultTimestamp) {
        if (value == null || value.length == 0) {
            throw new MalformedReferenceException(EMPTY);
        }
        if (value.length > MAX_BYTES) {
            throw new MalformedReferenceException(
                    "the value has " + value.length + " bytes, at most " + MAX_BYTES + " are read");
        }
        ImageReferenceJson json = new ImageReferenceJson();
        try (JsonParser parser = Json.parser(value)) {
            json.read(parser);
        } catch (JsonProcessingException e) {
            throw new MalformedReferenceException("the value is not JSON: " + JsonFailure.describe(e));
        } catch (IOException e) {
            throw new MalformedReferenceException("the value is not JSON: " + e.getMessage());
        }
        return json.reference(defaultId, defaultTimestamp);
    }

    private void read(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new MalformedReferenceException(EMPTY);
        }
        if (first != JsonToken.START_OBJECT) {
            throw new MalformedReferenceException("the value must be a JSON object, is " + kind(first));
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> id = text(parser, field);
                case "uri" -> uri = text(parser, field);
                case "timestamp" -> timestamp = timestamp(text(parser, field));
                case "attributes" -> attributes = attributes(parser);
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new MalformedReferenceException("more text follows the JSON object; expected one object a record");
        }
    }

    private ImageReference reference(String defaultId, @Nullable Instant defaultTimestamp) {
        if (uri == null || uri.isBlank()) {
            throw new MalformedReferenceException("field 'uri' is required and must not be empty");
        }
        long characters = Classification.isInline(uri) ? 0 : uri.length();
        characters += id == null ? 0 : id.length();
        for (var attribute : attributes.entrySet()) {
            characters += attribute.getKey().length() + attribute.getValue().length();
        }
        if (characters > MAX_CHARACTERS) {
            throw new MalformedReferenceException("id, uri and attributes hold " + characters + " characters, at most "
                    + MAX_CHARACTERS + " are taken; only a data: URI may be longer");
        }
        Instant given = timestamp == null ? defaultTimestamp : timestamp;
        return new ImageReference(
                id == null ? defaultId : id, uri, ImageReference.isTimestamp(given) ? given : null, attributes);
    }

    private static @Nullable String text(JsonParser parser, String field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new MalformedReferenceException(
                    "field '" + abbreviated(field) + "' must be a string, is " + kind(parser.currentToken()));
        }
        return wellFormed(parser.getText(), field);
    }

    /** An escaped half of a surrogate pair could be read here, and by nobody who reads the event. */
    private static String wellFormed(String text, String field) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                throw new MalformedReferenceException(
                        "field '" + abbreviated(field) + "' holds half a surrogate pair, which is no character");
            }
            i++;
        }
        return text;
    }

    private static @Nullable Instant timestamp(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (ImageReference.isTimestamp(instant)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Refused below, as a year that RFC 3339 cannot write.
        }
        throw new MalformedReferenceException(
                "field 'timestamp' must be an ISO-8601 date and time of the years 0 to 9999"
                        + " with a zone, such as 2026-11-23T10:15:30.123Z");
    }

    private static Map<String, String> attributes(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedReferenceException(
                    "field 'attributes' must be an object of strings, is " + kind(parser.currentToken()));
        }
        Map<String, String> attributes = new TreeMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = wellFormed(parser.currentName(), "attributes");
            parser.nextToken();
            String value = text(parser, "attributes." + key);
            if (value == null) {
                throw new MalformedReferenceException(
                        "field 'attributes." + abbreviated(key) + "' must be a string, is null");
            }
            attributes.put(key, value);
        }
        return attributes;
    }

    private static String kind(@Nullable JsonToken token) {
        if (token == null) {
            return "missing";
        }
        return switch (token) {
            case START_ARRAY -> "array";
            case START_OBJECT -> "object";
            case VALUE_STRING -> "string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case VALUE_TRUE, VALUE_FALSE -> "boolean";
            default -> "null";
        };
    }

    /** Leaves room in the message for what is wrong with the field. */
    private static String abbreviated(String field) {
        return field.length() <= 64 ? field : field.substring(0, 64) + "…";
    }
}
