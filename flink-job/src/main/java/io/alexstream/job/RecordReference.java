package io.alexstream.job;

import io.alexstream.contract.ImageReference;
import io.alexstream.contract.ImageReferenceJson;
import io.alexstream.contract.MalformedReferenceException;
import io.alexstream.flink.ReferenceFunction;
import io.alexstream.job.kafka.ImageRecord;
import java.io.Serial;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the reference in a record. The id defaults to the record's position, the event time to Kafka's timestamp. */
final class RecordReference implements ReferenceFunction<ImageRecord> {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public ImageReference reference(ImageRecord record) throws MalformedReferenceException {
        return ImageReferenceJson.parse(record.value(), record.position().asId(), timestamp(record));
    }

    private static @Nullable Instant timestamp(ImageRecord record) {
        return record.timestamp() < 0 ? null : Instant.ofEpochMilli(record.timestamp());
    }
}
