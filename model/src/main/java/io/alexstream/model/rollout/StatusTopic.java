package io.alexstream.model.rollout;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelStatus;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamException;
import io.alexstream.model.stream.TopicRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What jobs say of models, from the topic's beginning. A record that is no status is passed over. Confined to one thread but for
 * {@link #stop}, which any thread may call.
 */
public final class StatusTopic implements AutoCloseable {

    private final TopicRecords records;

    /** @throws StreamException where the brokers do not answer or the topic is missing */
    public StatusTopic(KafkaAccess kafka, String topic) {
        kafka.requireTopics(Set.of(topic));
        records = new TopicRecords(kafka, topic);
    }

    /** All up to now that was not read yet. */
    public List<ModelStatus> readToEnd() {
        return statuses(records.readToEnd());
    }

    /** Waits for news. */
    public List<ModelStatus> poll(Duration timeout) {
        return statuses(records.poll(timeout));
    }

    private static List<ModelStatus> statuses(List<ConsumerRecord<byte[], byte[]>> records) {
        List<ModelStatus> statuses = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                if (record.value() != null) {
                    statuses.add(Json.fromBytes(record.value(), ModelStatus.class));
                }
            } catch (IOException e) {
                // Not ours, or of a later contract: nothing can be concluded from it.
            }
        }
        return statuses;
    }

    /** Ends a wait; safe from any thread. */
    public void stop() {
        records.stop();
    }

    public boolean isStopped() {
        return records.isStopped();
    }

    @Override
    public void close() {
        records.close();
    }
}
