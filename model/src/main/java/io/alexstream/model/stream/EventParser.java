package io.alexstream.model.stream;

import io.alexstream.contract.Classification;
import io.alexstream.contract.Json;
import io.alexstream.contract.Prediction;
import io.alexstream.contract.SourcePosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of {@code classifications} and {@code dead-letters}. Nothing in a record makes it fail: what it cannot
 * read becomes {@link StreamEvent.Unreadable}. Immutable.
 */
public final class EventParser {

    private static final String REASON = "alexstream.reason";
    /** Kafka Connect's published names of dead-letter headers begin so. */
    private static final String CONNECT = "__connect.errors.";

    private final String deadLettersTopic;

    /** @param deadLettersTopic records of it are dead letters, all others classifications */
    public EventParser(String deadLettersTopic) {
        this.deadLettersTopic = deadLettersTopic;
    }

    /** What a reader needs of a classification; every field may be missing in a record that is not ours. */
    private record Value(
            @Nullable String id,
            @Nullable String uri,
            @Nullable Model model,
            @Nullable List<Prediction> predictions,
            @Nullable Instant classifiedAt,
            @Nullable SourcePosition source) {}

    private record Model(@Nullable String name, int version) {}

    /** What a reader needs of an input that became a dead letter. */
    private record Input(@Nullable String id, @Nullable String uri) {}

    public StreamEvent parse(ConsumerRecord<byte[], byte[]> record) {
        StreamEvent.Raw raw = new StreamEvent.Raw(
                new SourcePosition(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value());
        return record.topic().equals(deadLettersTopic) ? deadLetter(record, raw) : classification(raw);
    }

    private static StreamEvent classification(StreamEvent.Raw raw) {
        byte[] bytes = raw.value();
        if (bytes == null) {
            return unreadable(raw, "the record has no value");
        }
        try {
            Value value = Json.fromBytes(bytes, Value.class);
            Model model = value.model();
            List<Prediction> predictions = value.predictions();
            if (model == null || model.name() == null || predictions == null || predictions.isEmpty()) {
                return unreadable(raw, "a model or predictions are missing");
            }
            return new StreamEvent.Classified(
                    value.id() == null ? raw.position().asId() : value.id(),
                    value.uri() == null ? "" : value.uri(),
                    model.name(),
                    model.version(),
                    predictions,
                    value.classifiedAt(),
                    value.source(),
                    raw);
        } catch (IOException e) {
            return unreadable(raw, String.valueOf(e.getMessage()));
        }
    }

    private static StreamEvent unreadable(StreamEvent.Raw raw, String problem) {
        return new StreamEvent.Unreadable(raw.position().asId(), "not a classification: " + problem, raw);
    }

    private static StreamEvent deadLetter(ConsumerRecord<byte[], byte[]> record, StreamEvent.Raw raw) {
        String reason = header(record, REASON);
        if (reason == null) {
            return new StreamEvent.Unreadable(
                    raw.position().asId(), "not a dead letter of this job: no header " + REASON, raw);
        }
        SourcePosition source = source(record);
        Input input = input(raw.value());
        String id = input == null ? null : input.id();
        String uri = input == null ? null : input.uri();
        return new StreamEvent.DeadLettered(
                id != null ? id : (source == null ? raw.position() : source).asId(),
                uri == null ? null : Classification.shortened(uri),
                reason,
                orDash(header(record, CONNECT + "stage")),
                orDash(header(record, CONNECT + "exception.class.name")),
                orDash(header(record, CONNECT + "exception.message")),
                source,
                raw);
    }

    private static @Nullable SourcePosition source(ConsumerRecord<byte[], byte[]> record) {
        String topic = header(record, CONNECT + "topic");
        String partition = header(record, CONNECT + "partition");
        String offset = header(record, CONNECT + "offset");
        if (topic == null || partition == null || offset == null) {
            return null;
        }
        try {
            return new SourcePosition(topic, Integer.parseInt(partition), Long.parseLong(offset));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Input input(byte @Nullable [] value) {
        try {
            return value == null ? null : Json.fromBytes(value, Input.class);
        } catch (IOException e) {
            return null; // the dead letter is there because its value is not JSON
        }
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
