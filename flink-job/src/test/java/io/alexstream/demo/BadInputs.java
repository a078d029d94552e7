package io.alexstream.demo;

import static io.alexstream.contract.DeadLetterReason.CORRUPT_IMAGE;
import static io.alexstream.contract.DeadLetterReason.FETCH_FAILED;
import static io.alexstream.contract.DeadLetterReason.FORBIDDEN_URI;
import static io.alexstream.contract.DeadLetterReason.IMAGE_TOO_LARGE;
import static io.alexstream.contract.DeadLetterReason.MALFORMED_REFERENCE;
import static io.alexstream.contract.DeadLetterReason.UNSUPPORTED_FORMAT;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.model.stream.InlineUri;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Input that is broken, missing, forbidden or hostile: each must end as one dead letter with the right reason. */
final class BadInputs {

    /** Over the job's {@code image.max-bytes} of 20 MiB. */
    private static final long TOO_MANY_BYTES = 21L << 20;

    /** Over the job's {@code image.max-inline-bytes} of 512 KiB, and still within Kafka's 1 MiB a record. */
    private static final int TOO_MANY_INLINE_BYTES = 600_000;

    private final Path folder;
    private final List<DemoInput> inputs = new ArrayList<>();

    private BadInputs(Path folder) {
        this.folder = folder;
    }

    /** @param folder an allowed root; its parent is not */
    static List<DemoInput> in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("bad"));
        BadInputs bad = new BadInputs(folder);
        bad.addMalformed();
        bad.addForbidden();
        bad.addUnreadable();
        bad.addHostile();
        return bad.inputs;
    }

    private void addMalformed() {
        text("bad/no-json", "this is not JSON");
        text("bad/array", "[\"file:///a.jpg\"]");
        text("bad/no-uri", "{\"id\":\"no-uri\"}");
        text("bad/half-json", "{\"id\":\"half\",\"uri\":\"file:///");
        inputs.add(new DemoInput("bad/empty-record", null, Expected.deadLetter(MALFORMED_REFERENCE)));
    }

    private void text(String name, String value) {
        inputs.add(DemoInput.text(name, value, Expected.deadLetter(MALFORMED_REFERENCE)));
    }

    private void addForbidden() throws IOException {
        uri("bad/other-root", "file:///etc/passwd", FORBIDDEN_URI);
        uri("bad/dot-dot", folder.toUri() + "../demo.log", FORBIDDEN_URI);
        uri("bad/metadata-server", "http://169.254.169.254/latest/meta-data/", FORBIDDEN_URI);
        uri("bad/loopback-as-number", "http://2130706433/a.jpg", FORBIDDEN_URI);
        uri("bad/ftp", "ftp://example.com/a.jpg", FORBIDDEN_URI);
        Path outside = Files.write(folder.resolveSibling("outside.jpg"), HostileFiles.truncatedJpeg());
        Path link = folder.resolve("bad/link-out.jpg");
        try {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, outside);
            uri("bad/link-out.jpg", link.toUri().toString(), FORBIDDEN_URI);
        } catch (UnsupportedOperationException | IOException e) {
            // Some file systems have no links, some users may not make them; the other inputs remain.
            Files.deleteIfExists(link);
        }
    }

    private void addUnreadable() throws IOException {
        uri("bad/missing.jpg", folder.resolve("bad/missing.jpg").toUri().toString(), FETCH_FAILED);
        file("bad/empty.jpg", new byte[0], CORRUPT_IMAGE, UNSUPPORTED_FORMAT);
        file("bad/text.jpg", "I am no picture.".getBytes(StandardCharsets.UTF_8), UNSUPPORTED_FORMAT);
        file("bad/drawing.svg", HostileFiles.svg(), UNSUPPORTED_FORMAT);
        file("bad/truncated.jpg", HostileFiles.truncatedJpeg(), CORRUPT_IMAGE);
        uri("bad/inline-truncated", InlineUri.of("image/jpeg", HostileFiles.truncatedJpeg()), CORRUPT_IMAGE);
        uri("bad/inline-no-base64", "data:image/png;base64,@@@@", MALFORMED_REFERENCE, CORRUPT_IMAGE);
    }

    private void addHostile() throws IOException {
        file("bad/pixel-bomb.png", HostileFiles.pngBomb(60_000), IMAGE_TOO_LARGE);
        file("bad/scan-bomb.jpg", HostileFiles.scanBomb(2_000), IMAGE_TOO_LARGE);
        uri("bad/inline-too-long", InlineUri.of("image/jpeg", new byte[TOO_MANY_INLINE_BYTES]), IMAGE_TOO_LARGE);
        Path huge = folder.resolve("bad/too-many-bytes.jpg");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.write(PictureKind.JPEG.draw(Scene.STRIPES, 64, 64, 1));
            file.setLength(TOO_MANY_BYTES); // sparse: takes no room on most file systems
        }
        uri("bad/too-many-bytes.jpg", huge.toUri().toString(), IMAGE_TOO_LARGE);
        inputs.add(farFuture());
    }

    /** A good picture with a time that brokers refuse in a record: it must be classified, and nothing must stop. */
    private static DemoInput farFuture() throws IOException {
        String uri = InlineUri.of("image/jpeg", PictureKind.JPEG.draw(Scene.FLOWER, 80, 80, 5));
        return DemoInput.text(
                "odd/year-9999",
                "{\"id\":\"odd/year-9999\",\"timestamp\":\"9999-12-31T23:59:59Z\",\"uri\":\"" + uri + "\"}",
                Expected.classification());
    }

    private void uri(String name, String uri, DeadLetterReason... reasons) {
        inputs.add(DemoInput.reference(name, uri, Expected.deadLetter(reasons)));
    }

    private void file(String name, byte[] bytes, DeadLetterReason... reasons) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        uri(name, file.toUri().toString(), reasons);
    }
}
