package io.alexstream.demo;

import io.alexstream.contract.ImageReference;
import io.alexstream.contract.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record for the topic {@code images}.
 *
 * @param name what people call it; also the key
 * @param value null for a tombstone
 * @param expected what must come out
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record DemoInput(String name, byte @Nullable [] value, Expected expected) {

    /** A well-formed reference. */
    static DemoInput reference(String name, String uri, Expected expected) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new DemoInput(name, Json.toBytes(new ImageReference(name, uri, now, Map.of())), expected);
    }

    /** Any text in place of a reference. */
    static DemoInput text(String name, String value, Expected expected) {
        return new DemoInput(name, value.getBytes(StandardCharsets.UTF_8), expected);
    }

    byte[] key() {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
