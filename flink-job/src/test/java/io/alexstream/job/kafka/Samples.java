package io.alexstream.job.kafka;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ImageReference;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.Prediction;
import io.alexstream.contract.Stage;
import io.alexstream.flink.Classified;
import io.alexstream.flink.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records, classified images and dead letters to test with. */
final class Samples {

    static final Instant KAFKA_TIME = Instant.parse("2026-11-23T10:15:30.123Z");
    static final Instant CLASSIFIED_AT = Instant.parse("2026-11-23T10:15:30.181Z");
    static final long NOW = CLASSIFIED_AT.toEpochMilli();

    private Samples() {}

    static ImageRecord record(@Nullable String key, @Nullable String value, RecordHeader... headers) {
        return new ImageRecord(
                bytes(key), bytes(value), List.of(headers), "images", 3, 4711, KAFKA_TIME.toEpochMilli());
    }

    static Classified<ImageRecord> classified(ImageRecord record) {
        ImageReference reference =
                new ImageReference("cam7-000123", "file:///data/a.jpg", KAFKA_TIME, Map.of("camera", "7"));
        return classified(record, reference);
    }

    static Classified<ImageRecord> classified(ImageRecord record, ImageReference reference) {
        ModelRef model = new ModelRef("alexnet", 7, "file:///models/alexnet/7", "ab".repeat(32));
        return new Classified<>(record, reference, model, List.of(new Prediction("tench", 0, 0.75f)), CLASSIFIED_AT);
    }

    static DeadLetter<ImageRecord> letter(ImageRecord record, String message) {
        return new DeadLetter<>(
                record, DeadLetterReason.CORRUPT_IMAGE, Stage.DECODE, "javax.imageio.IIOException", message);
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
