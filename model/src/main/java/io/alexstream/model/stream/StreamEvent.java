package io.alexstream.model.stream;

import io.alexstream.contract.Prediction;
import io.alexstream.contract.SourcePosition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came out of the job for one input record, as far as a reader needs it. */
public sealed interface StreamEvent {

    /** The input record that this answers, or null where the event does not say. */
    @Nullable
    SourcePosition source();

    /** What the producer called the picture, or the source position where it gave no name. */
    String id();

    /** The event as it was read. */
    Raw raw();

    /** The record as bytes, and where it lay. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Raw(SourcePosition position, Instant timestamp, byte @Nullable [] key, byte @Nullable [] value) {}

    /**
     * A record of {@code classifications}.
     *
     * @param predictions at least one
     */
    record Classified(
            String id,
            String uri,
            String modelName,
            int modelVersion,
            List<Prediction> predictions,
            @Nullable Instant classifiedAt,
            @Nullable SourcePosition source,
            Raw raw)
            implements StreamEvent {

        public Classified {
            predictions = List.copyOf(predictions);
            if (predictions.isEmpty()) {
                throw new IllegalArgumentException("predictions must not be empty");
            }
        }

        /** The most probable class. */
        public Prediction top() {
            return predictions.get(0);
        }

        /** {@code alexnet:7}. */
        public String model() {
            return modelName + ":" + modelVersion;
        }
    }

    /** A record of {@code dead-letters}; its headers say why. */
    record DeadLettered(
            String id,
            @Nullable String uri,
            String reason,
            String stage,
            String exceptionClass,
            String message,
            @Nullable SourcePosition source,
            Raw raw)
            implements StreamEvent {}

    /** A record that is no event of ours. */
    record Unreadable(String id, String problem, Raw raw) implements StreamEvent {

        @Override
        public @Nullable SourcePosition source() {
            return null;
        }
    }
}
