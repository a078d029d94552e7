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

    /** What a value may hold beside an inline image: a reference of 65,536 characters in any UTF-8, and fields we do not know. */
    private static final long BESIDE_THE_IMAGE = 512 << 10;

    private final long maxBytes;

    /** @param maxInlineBytes longest data: URI; a value much longer than that would only fill the state while it waits */
    RecordReference(long maxInlineBytes) {
        maxBytes = maxInlineBytes + BESIDE_THE_IMAGE;
    }

    @Override
    public ImageReference reference(ImageRecord record) throws MalformedReferenceException {
        if (record.value() != null && record.value().length > maxBytes) {
            throw new MalformedReferenceException("the value has " + record.value().length + " bytes, at most "
                    + maxBytes + " are taken (image.max-inline-bytes and 512 KiB)");
        }
        return ImageReferenceJson.parse(record.value(), record.position().asId(), timestamp(record));
    }

    private static @Nullable Instant timestamp(ImageRecord record) {
        return record.timestamp() < 0 ? null : Instant.ofEpochMilli(record.timestamp());
    }
}
