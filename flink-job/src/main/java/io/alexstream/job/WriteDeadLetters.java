package io.alexstream.job;

import io.alexstream.flink.DeadLetter;
import io.alexstream.job.kafka.DeadLetterRecords;
import io.alexstream.job.kafka.ImageRecord;
import io.alexstream.job.kafka.OutgoingRecord;
import java.io.Serial;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Makes the record of each dead letter. */
final class WriteDeadLetters extends ProcessFunction<DeadLetter<ImageRecord>, OutgoingRecord> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final DeadLetterRecords records;

    WriteDeadLetters(DeadLetterRecords records) {
        this.records = records;
    }

    @Override
    public void processElement(DeadLetter<ImageRecord> letter, Context context, Collector<OutgoingRecord> out) {
        out.collect(records.record(letter, context.timerService().currentProcessingTime()));
    }
}
