package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

final class ImageRecordDeserializerTest {

    @Test
    void takesARecordAsItIs() {
        byte[] key = "k".getBytes(StandardCharsets.UTF_8);
        byte[] value = {(byte) 0xff, 0};
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", new byte[] {1});
        headers.add("n", null);
        headers.add("h", new byte[] {2});

        assertThat(deserialized(record(key, value, headers)))
                .containsExactly(new ImageRecord(
                        key,
                        value,
                        List.of(
                                new RecordHeader("h", new byte[] {1}),
                                new RecordHeader("n", null),
                                new RecordHeader("h", new byte[] {2})),
                        "images",
                        2,
                        17,
                        123));
    }

    @Test
    void takesATombstone() {
        assertThat(deserialized(record(null, null, new RecordHeaders())))
                .containsExactly(new ImageRecord(null, null, List.of(), "images", 2, 17, 123));
    }

    private static List<ImageRecord> deserialized(ConsumerRecord<byte[], byte[]> record) {
        List<ImageRecord> records = new ArrayList<>();
        new ImageRecordDeserializer().deserialize(record, new ListCollector<>(records));
        return records;
    }

    @SuppressWarnings("NullAway") // Kafka's constructor takes null keys and values.
    private static ConsumerRecord<byte[], byte[]> record(
            byte @org.jspecify.annotations.Nullable [] key,
            byte @org.jspecify.annotations.Nullable [] value,
            RecordHeaders headers) {
        return new ConsumerRecord<>(
                "images", 2, 17, 123, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }
}
