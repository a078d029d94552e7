package io.alexstream.model.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ImageLabel;
import io.alexstream.contract.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Against the Kafka client's own stand-in for a broker. */
class LabelTopicTest {

    private static final TopicPartition FIRST = new TopicPartition("labels", 0);
    private static final TopicPartition SECOND = new TopicPartition("labels", 1);

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, long offset, long time, byte[] value) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                time,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static byte[] label(String uri, String label) {
        return Json.toBytes(new ImageLabel("id", uri, label));
    }

    @Test
    void readsAllPartitionsToTheEndThatTheyHadAndSortsByTime() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        Node node = new Node(0, "h", 1);
        consumer.updatePartitions(
                "labels",
                List.of(
                        new PartitionInfo("labels", 0, node, new Node[0], new Node[0]),
                        new PartitionInfo("labels", 1, node, new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 3L, SECOND, 2L));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(record(FIRST, 0, 30, label("a", "late")));
            consumer.addRecord(record(FIRST, 1, 5, "no label".getBytes(StandardCharsets.UTF_8)));
            consumer.addRecord(record(FIRST, 2, 6, null));
        });
        consumer.schedulePollTask(() -> {
            consumer.addRecord(record(SECOND, 0, 10, label("a", "early")));
            consumer.addRecord(record(SECOND, 1, 20, label("b", "between")));
            consumer.addRecord(record(SECOND, 2, 99, label("c", "after the end")));
        });
        LabelTopic read = LabelTopic.read(consumer, "labels");
        assertThat(read.labels()).extracting(ImageLabel::label).containsExactly("early", "between", "late");
        assertThat(read.unreadable()).singleElement().asString().startsWith("labels-0-1 is no label");
    }

    /** More polls of nothing but tombstones than a silent broker is allowed. */
    @Test
    void readsOverManyTombstones() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updatePartitions(
                "labels", List.of(new PartitionInfo("labels", 0, new Node(0, "h", 1), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 201L));
        for (int i = 0; i < 200; i++) {
            int offset = i;
            consumer.schedulePollTask(() -> consumer.addRecord(record(FIRST, offset, 1, null)));
        }
        consumer.schedulePollTask(() -> consumer.addRecord(record(FIRST, 200, 1, label("a", "cat"))));
        assertThat(LabelTopic.read(consumer, "labels").labels()).hasSize(1);
    }
}
