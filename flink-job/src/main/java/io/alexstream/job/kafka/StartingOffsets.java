package io.alexstream.job.kafka;

import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Where a job that was not restored from a checkpoint or savepoint begins to read. */
public enum StartingOffsets {
    /** Where the consumer group stopped; from the beginning in a partition where it never was. */
    COMMITTED_ELSE_EARLIEST("committed-else-earliest"),
    /** From the beginning. */
    EARLIEST("earliest"),
    /** From the end: only what comes from now on. */
    LATEST("latest");

    private final String text;

    StartingOffsets(String text) {
        this.text = text;
    }

    OffsetsInitializer initializer() {
        return switch (this) {
            case COMMITTED_ELSE_EARLIEST -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
        };
    }

    /** As it is written in the configuration; Flink parses enums by this text. */
    @Override
    public String toString() {
        return text;
    }
}
