package io.alexstream.job.kafka;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.flink.ImageClassification;
import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the records of the model-updates topic. Whoever may write there can write anything, and no record of it may stop the
 * job: one that holds no update becomes an update of nothing, with its offset, and one line in the log. Confined to the
 * source's thread.
 */
public final class PublishedUpdateDeserializer implements KafkaRecordDeserializationSchema<PublishedUpdate> {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(PublishedUpdateDeserializer.class);

    /** An update takes under 1 KiB; its URI may be as long as object stores allow keys, 1 KiB (S3, GCS), and more. */
    private static final int MAX_BYTES = 64 << 10;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PublishedUpdate> out) {
        out.collect(new PublishedUpdate(record.partition(), record.offset(), update(record)));
    }

    private static @Nullable ModelUpdate update(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return ignored(record, "it is a tombstone; the job keeps the version that it serves");
        }
        if (value.length > MAX_BYTES) {
            return ignored(record, "it has " + value.length + " bytes, an update has at most " + MAX_BYTES);
        }
        try {
            return Json.fromBytes(value, ModelUpdate.class);
        } catch (IOException e) {
            return ignored(record, e.getMessage());
        }
    }

    private static @Nullable ModelUpdate ignored(ConsumerRecord<byte[], byte[]> record, @Nullable String reason) {
        LOG.warn(
                "Record {}-{}-{} is no model update and was passed over: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        return null;
    }

    @Override
    public TypeInformation<PublishedUpdate> getProducedType() {
        return ImageClassification.updateType();
    }
}
