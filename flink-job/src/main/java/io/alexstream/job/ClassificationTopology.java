package io.alexstream.job;

import io.alexstream.contract.PublishedUpdate;
import io.alexstream.flink.ClassifiedStream;
import io.alexstream.flink.DeadLetter;
import io.alexstream.job.kafka.ClassificationRecords;
import io.alexstream.job.kafka.DeadLetterRecords;
import io.alexstream.job.kafka.ImageRecord;
import io.alexstream.job.kafka.ModelStatusRecords;
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
import org.jspecify.annotations.Nullable;

/**
 * The job between its sources and its sinks, which are given, so that it runs without Kafka too. Names are uids: with them
 * a savepoint finds its state again in a later version.
 *
 * @param hotSwap null where the job keeps the model that it began with
 */
record ClassificationTopology(
        Source<ImageRecord, ?, ?> images,
        Sink<OutgoingRecord> classifications,
        Sink<OutgoingRecord> deadLetters,
        TopicLimits classificationLimits,
        TopicLimits deadLetterLimits,
        @Nullable HotSwap hotSwap) {

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
        ClassifiedStream<ImageRecord> classified = classified(records, environment, config);
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

    private ClassifiedStream<ImageRecord> classified(
            DataStream<ImageRecord> records, StreamExecutionEnvironment environment, JobConfig config) {
        RecordReference references = new RecordReference(config.maxInlineBytes());
        if (hotSwap == null) {
            return config.classification().classify(records, references);
        }
        DataStream<PublishedUpdate> updates = environment
                .fromSource(hotSwap.updates(), WatermarkStrategy.noWatermarks(), "model-updates")
                .uid("model-updates")
                // One partition; further readers would only be idle.
                .setParallelism(1);
        ClassifiedStream<ImageRecord> classified =
                config.classification().classify(records, references, updates, hotSwap.historyEnd());
        classified
                .modelStatus()
                .map(new ModelStatusRecords())
                .name("write model status")
                .uid("write-model-status")
                .sinkTo(hotSwap.status())
                .name("model-status")
                .uid("model-status");
        return classified;
    }
}
