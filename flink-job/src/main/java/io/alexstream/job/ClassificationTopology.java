package io.alexstream.job;

import io.alexstream.flink.ClassifiedStream;
import io.alexstream.flink.DeadLetter;
import io.alexstream.job.kafka.ClassificationRecords;
import io.alexstream.job.kafka.DeadLetterRecords;
import io.alexstream.job.kafka.ImageRecord;
import io.alexstream.job.kafka.OutgoingRecord;
import io.alexstream.job.kafka.TopicLimits;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The job between its source and its sinks, which are given, so that it runs without Kafka too. Names are uids: with them
 * a savepoint finds its state again in a later version.
 */
record ClassificationTopology(
        Source<ImageRecord, ?, ?> images,
        Sink<OutgoingRecord> classifications,
        Sink<OutgoingRecord> deadLetters,
        TopicLimits classificationLimits,
        TopicLimits deadLetterLimits) {

    ClassificationTopology {
        Objects.requireNonNull(images, "images");
        Objects.requireNonNull(classifications, "classifications");
        Objects.requireNonNull(deadLetters, "deadLetters");
    }

    void addTo(StreamExecutionEnvironment environment, JobConfig config) {
        // No watermarks: nothing in the job waits for event time, and no record may hold back another.
        DataStream<ImageRecord> records = environment
                .fromSource(images, WatermarkStrategy.noWatermarks(), "images")
                .uid("images");
        ClassifiedStream<ImageRecord> classified =
                config.classification().classify(records, new RecordReference(config.maxInlineBytes()));
        DataStream<DeadLetter<ImageRecord>> refused = classified.deadLetters();
        OutputTag<DeadLetter<ImageRecord>> tooLarge = new OutputTag<>("too-large", refused.getType());

        SingleOutputStreamOperator<OutgoingRecord> events = classified
                .classifications()
                .process(new WriteClassifications(
                        new ClassificationRecords(config.name(), classificationLimits), tooLarge))
                .name("write classifications")
                .uid("write-classifications");
        events.sinkTo(classifications).name("classifications").uid("classifications");
        refused.union(events.getSideOutput(tooLarge))
                .process(new WriteDeadLetters(new DeadLetterRecords(deadLetterLimits)))
                .name("write dead letters")
                .uid("write-dead-letters")
                .sinkTo(deadLetters)
                .name("dead-letters")
                .uid("dead-letters");
    }
}
