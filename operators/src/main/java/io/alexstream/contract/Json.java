package io.alexstream.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * JSON of the contract records: UTF-8, ISO-8601 instants, unknown fields ignored so that contracts can grow. Safe for
 * concurrent use: the mapper is configured once and never again.
 */
public final class Json {

    /** Deepest nesting that is read; the contracts need four levels, an unbounded one could exhaust the stack. */
    private static final int MAX_DEPTH = 32;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    static final ObjectMapper MAPPER = mapper();

    private Json() {}

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // "1" is no version, and 1.5 is not version 1.
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        return mapper;
    }

    /** The record as compact UTF-8 JSON. */
    public static byte[] toBytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record as JSON over several lines, for files that people read. */
    public static byte[] toPrettyBytes(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one record.
     *
     * @throws IOException with a one-line message of at most 300 characters where the bytes are not JSON or not of that
     *     shape; without a cause, since Jackson's own message quotes the bytes at any length
     */
    public static <T> T fromBytes(byte[] json, Class<T> type) throws IOException {
        T value;
        try (JsonParser parser = parser(json)) {
            value = MAPPER.readValue(parser, type);
        } catch (JsonProcessingException e) {
            throw new IOException(JsonFailure.describe(e));
        }
        if (value == null) {
            throw new IOException("expected a JSON object, found null");
        }
        return value;
    }

    /** A JSON tree of any value, for the free parts of a manifest. */
    public static JsonNode toTree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * A parser over bytes that must be UTF-8, with or without a byte order mark. Jackson alone would guess UTF-16 and UTF-32 as
     * well and let overlong forms pass. The caller closes.
     */
    static JsonParser parser(byte[] json) throws IOException {
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            throw new IOException("the bytes are not UTF-8", e);
        }
        if (text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK) {
            text.get();
        }
        return MAPPER.createParser(text.array(), text.arrayOffset() + text.position(), text.remaining());
    }
}
