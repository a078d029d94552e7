package io.alexstream.model.stream;

import io.alexstream.contract.Json;
import io.alexstream.contract.SourcePosition;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON lines for machines: a classification as it stands in the topic, a dead letter as an object of its headers
 * and its input. A reader tells them apart by {@code reason}, which only dead letters have.
 */
public final class EventJson {

    private EventJson() {}

    private record DeadLetterLine(
            String reason,
            String stage,
            String exceptionClass,
            String message,
            String id,
            @Nullable String uri,
            @Nullable SourcePosition source,
            Map<String, Object> input) {}

    private record UnreadableLine(String problem, SourcePosition position, Map<String, Object> input) {}

    /** One line of JSON, without a line's end. */
    public static byte[] line(StreamEvent event) {
        if (event instanceof StreamEvent.DeadLettered d) {
            return Json.toBytes(new DeadLetterLine(
                    d.reason(),
                    d.stage(),
                    d.exceptionClass(),
                    d.message(),
                    d.id(),
                    d.uri(),
                    d.source(),
                    input(d.raw())));
        }
        if (event instanceof StreamEvent.Unreadable u) {
            return Json.toBytes(new UnreadableLine(u.problem(), u.raw().position(), input(u.raw())));
        }
        byte[] value = event.raw().value();
        return value == null ? new byte[] {'n', 'u', 'l', 'l'} : withoutLineEnds(value);
    }

    private static Map<String, Object> input(StreamEvent.Raw raw) {
        Map<String, Object> input = new LinkedHashMap<>();
        put(input, "key", raw.key());
        put(input, "value", raw.value());
        return input;
    }

    /** As text where it is text, else in base64: what was sent to the job may be anything. */
    private static void put(Map<String, Object> input, String name, byte @Nullable [] bytes) {
        if (bytes == null) {
            return;
        }
        try {
            input.put(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            input.put(name + "Base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** Within JSON a raw line end can only be white space between tokens. */
    private static byte[] withoutLineEnds(byte[] json) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(json.length);
        for (byte b : json) {
            line.write(b == '\n' || b == '\r' ? ' ' : b);
        }
        return line.toByteArray();
    }
}
