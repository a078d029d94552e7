package io.alexstream.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the value of the topic {@code images}. Written by hand, so that each refusal names the field and the fix. */
public final class ImageReferenceJson {

    private ImageReferenceJson() {}

    /**
     * Reads one reference.
     *
     * @param value the record's bytes; null for a Kafka tombstone
     * @param defaultId taken where the value has no {@code id}
     * @param defaultTimestamp taken where the value has no {@code timestamp}
     * @throws MalformedReferenceException where the bytes are no image reference
     */
    public static ImageReference parse(byte @Nullable [] value, String defaultId, @Nullable Instant defaultTimestamp) {
        JsonNode root = tree(value);
        String uri = text(root, "uri");
        if (uri == null || uri.isBlank()) {
            throw new MalformedReferenceException("field 'uri' is required and must not be empty");
        }
        String id = text(root, "id");
        Instant timestamp = timestamp(text(root, "timestamp"));
        return new ImageReference(
                id == null ? defaultId : id, uri, timestamp == null ? defaultTimestamp : timestamp, attributes(root));
    }

    private static JsonNode tree(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            throw new MalformedReferenceException("the value is empty; expected a JSON object with a 'uri'");
        }
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(value);
        } catch (JsonProcessingException e) {
            throw new MalformedReferenceException("the value is not JSON: " + Json.oneLine(e));
        } catch (IOException e) {
            throw new MalformedReferenceException("the value is not UTF-8 JSON: " + e.getMessage());
        }
        if (!root.isObject()) {
            throw new MalformedReferenceException("the value must be a JSON object, is "
                    + root.getNodeType().toString().toLowerCase(java.util.Locale.ROOT));
        }
        return root;
    }

    private static @Nullable String text(JsonNode root, String field) {
        JsonNode node = root.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw new MalformedReferenceException("field '" + field + "' must be a string");
        }
        return node.textValue();
    }

    private static @Nullable Instant timestamp(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedReferenceException(
                    "field 'timestamp' must be an ISO-8601 date and time with a zone, such as 2026-11-23T10:15:30.123Z");
        }
    }

    private static Map<String, String> attributes(JsonNode root) {
        JsonNode node = root.get("attributes");
        if (node == null || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw new MalformedReferenceException("field 'attributes' must be an object of strings");
        }
        Map<String, String> attributes = new TreeMap<>();
        node.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw new MalformedReferenceException(
                        "field 'attributes." + abbreviated(entry.getKey()) + "' must be a string");
            }
            attributes.put(entry.getKey(), entry.getValue().textValue());
        });
        return attributes;
    }

    private static String abbreviated(String key) {
        return key.length() <= 64 ? key : key.substring(0, 64) + "…";
    }
}
