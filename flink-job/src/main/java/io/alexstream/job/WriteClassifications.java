package io.alexstream.job;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import io.alexstream.flink.Classified;
import io.alexstream.flink.DeadLetter;
import io.alexstream.job.kafka.ClassificationRecords;
import io.alexstream.job.kafka.ImageRecord;
import io.alexstream.job.kafka.OutgoingRecord;
import java.io.Serial;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Makes the event of each classified image. An event that its topic would refuse leaves as a dead letter instead. */
final class WriteClassifications extends ProcessFunction<Classified<ImageRecord>, OutgoingRecord> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final ClassificationRecords records;
    private final OutputTag<DeadLetter<ImageRecord>> tooLarge;

    WriteClassifications(ClassificationRecords records, OutputTag<DeadLetter<ImageRecord>> tooLarge) {
        this.records = records;
        this.tooLarge = tooLarge;
    }

    @Override
    public void processElement(Classified<ImageRecord> classified, Context context, Collector<OutgoingRecord> out) {
        OutgoingRecord record =
                records.record(classified, context.timerService().currentProcessingTime());
        if (records.fits(record)) {
            out.collect(record);
        } else {
            context.output(tooLarge, tooLarge(classified.element(), record));
        }
    }

    private DeadLetter<ImageRecord> tooLarge(ImageRecord input, OutgoingRecord record) {
        return new DeadLetter<>(
                input,
                DeadLetterReason.MALFORMED_REFERENCE,
                Stage.PARSE,
                RecordTooLargeException.class.getName(),
                "the event would have " + record.sizeUpperBound() + " bytes, its topic takes " + records.maxBytes()
                        + "; shorten the reference or its headers, or raise max.message.bytes");
    }
}
