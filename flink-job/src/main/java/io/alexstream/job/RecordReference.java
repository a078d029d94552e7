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

    /**
     * Longest value that is parsed. A JSON tree may take twenty times the memory of its text; eight times the default
     * limit of an inline image leaves room for any reference that is meant seriously.
     */
    private static final int MAX_VALUE_BYTES = 4 * 1024 * 1024;

    @Override
    public ImageReference reference(ImageRecord record) throws MalformedReferenceException {
        byte[] value = record.value();
        if (value != null && value.length > MAX_VALUE_BYTES) {
            throw new MalformedReferenceException(
                    "the value has " + value.length + " bytes; an image reference has at most " + MAX_VALUE_BYTES);
        }
        return ImageReferenceJson.parse(value, record.position().asId(), timestamp(record));
    }

    private static @Nullable Instant timestamp(ImageRecord record) {
        return record.timestamp() < 0 ? null : Instant.ofEpochMilli(record.timestamp());
    }
}
