package io.alexstream.job;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.job.testing.HostileServer;
import io.alexstream.job.testing.Pictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records that must each become one dead letter: the key says what is wrong with them. */
final class BadRecords {

    /**
     * @param value of the record; null for a tombstone
     * @param reasons those that are right; empty where any is
     */
    record BadRecord(byte @Nullable [] value, Set<DeadLetterReason> reasons) {}

    private final Map<String, BadRecord> records = new LinkedHashMap<>();
    private final Path root;

    private BadRecords(Path root) {
        this.root = root;
    }

    /** @param root an allowed folder; its parent is not allowed */
    static Map<String, BadRecord> in(Path root, HostileServer server) throws IOException {
        BadRecords bad = new BadRecords(root);
        bad.malformed();
        bad.forbidden(server);
        bad.unreadable(server);
        bad.broken();
        return bad.records;
    }

    private void malformed() throws IOException {
        text("no JSON", "no JSON");
        text("half JSON", "{\"uri\":\"file:///a");
        text("array", "[\"file:///a.jpg\"]");
        text("no uri", "{\"id\":\"a\"}");
        text("uri is a number", "{\"uri\":7}");
        text("bad timestamp", "{\"uri\":\"" + Pictures.inline(1) + "\",\"timestamp\":\"yesterday\"}");
        text("empty", "");
        text(
                "900 KB",
                "{\"uri\":\"" + Pictures.inline(1) + "\",\"attributes\":{\"a\":\"" + "x".repeat(900_000) + "\"}}");
        text("deep", "{\"x\":".repeat(10_000));
        records.put("bytes", new BadRecord(new byte[] {(byte) 0xfe, (byte) 0xff, 0, 1}, malformedOnly()));
        records.put("tombstone", new BadRecord(null, malformedOnly()));
    }

    private void forbidden(HostileServer server) throws IOException {
        uri("other scheme", "ftp://example.com/a.jpg", DeadLetterReason.FORBIDDEN_URI);
        uri("other folder", "file:///etc/passwd", DeadLetterReason.FORBIDDEN_URI);
        uri("dot dot", root.toUri() + "../a.jpg", DeadLetterReason.FORBIDDEN_URI);
        uri("other port", server.uri().replaceFirst(":[0-9]+/", ":1/"), DeadLetterReason.FORBIDDEN_URI);
        uri("number for loopback", "http://2130706433/a.jpg", DeadLetterReason.FORBIDDEN_URI);
        Path outside = Files.write(root.resolveSibling("outside.png"), Pictures.draw(1, "png"));
        Path link = Files.createSymbolicLink(root.resolve("link.png"), outside);
        uri("link out of the root", link.toUri().toString(), DeadLetterReason.FORBIDDEN_URI);
    }

    private void unreadable(HostileServer server) {
        uri("missing file", root.resolve("missing.jpg").toUri().toString(), DeadLetterReason.FETCH_FAILED);
        uri("404", server.uri() + "missing", DeadLetterReason.FETCH_FAILED);
        uri("redirect", server.uri() + "redirect", DeadLetterReason.FETCH_FAILED, DeadLetterReason.FORBIDDEN_URI);
        uri("trickle", server.uri() + "trickle", DeadLetterReason.FETCH_TIMEOUT);
        uri("long inline", "data:image/png;base64," + "A".repeat(700_000), DeadLetterReason.IMAGE_TOO_LARGE);
    }

    private void broken() throws IOException {
        file("empty.jpg", new byte[0], DeadLetterReason.UNSUPPORTED_FORMAT, DeadLetterReason.CORRUPT_IMAGE);
        file("text.jpg", "text".getBytes(StandardCharsets.UTF_8), DeadLetterReason.UNSUPPORTED_FORMAT);
        byte[] jpeg = Pictures.draw(2, "jpg");
        for (int percent : new int[] {50, 90}) {
            byte[] truncated = Arrays.copyOf(jpeg, jpeg.length * percent / 100);
            file("truncated" + percent + ".jpg", truncated, DeadLetterReason.CORRUPT_IMAGE);
        }
        byte[] lying = Pictures.draw(3, "png");
        // Width and height of a PNG: bytes 16 to 23.
        Arrays.fill(lying, 16, 24, (byte) 0x0f);
        file("lying.png", lying, DeadLetterReason.IMAGE_TOO_LARGE, DeadLetterReason.CORRUPT_IMAGE);
    }

    private void text(String key, String value) {
        records.put(key, new BadRecord(value.getBytes(StandardCharsets.UTF_8), malformedOnly()));
    }

    private static Set<DeadLetterReason> malformedOnly() {
        return Set.of(DeadLetterReason.MALFORMED_REFERENCE);
    }

    private void uri(String key, String uri, DeadLetterReason... reasons) {
        String value = "{\"uri\":\"" + uri + "\"}";
        records.put(key, new BadRecord(value.getBytes(StandardCharsets.UTF_8), Set.of(reasons)));
    }

    private void file(String name, byte[] content, DeadLetterReason... reasons) throws IOException {
        uri(name, Files.write(root.resolve(name), content).toUri().toString(), reasons);
    }
}
