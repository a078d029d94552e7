package io.alexstream.job.kafka;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelStatus;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;

/** Turns a status into the record of the model-status topic, under the model's name. Confined to the task thread. */
public final class ModelStatusRecords implements MapFunction<ModelStatus, OutgoingRecord> {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final List<RecordHeader> HEADERS = List.of(RecordHeader.of("content-type", "application/json"));

    @Override
    public OutgoingRecord map(ModelStatus status) {
        return new OutgoingRecord(
                status.name().getBytes(StandardCharsets.UTF_8),
                Json.toBytes(status),
                HEADERS,
                status.at().toEpochMilli());
    }
}
