package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutgoingRecordTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void neverTakesMoreThanItsBound(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RecordHeader> headers = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            headers.add(new RecordHeader("ü".repeat(random.nextInt(300)), bytes(random, 20_000)));
        }
        OutgoingRecord record =
                new OutgoingRecord(bytes(random, 300), bytes(random, 3_000_000), headers, Long.MAX_VALUE);

        long checkedByProducer = producersEstimate(record);
        assertThat(record.sizeUpperBound()).isBetween(checkedByProducer, checkedByProducer + 20 + 10L * headers.size());
    }

    @Test
    void countsMissingKeyAndValueAsNothing() {
        assertThat(new OutgoingRecord(null, null, List.of(), 0).sizeUpperBound())
                .isLessThan(100);
    }

    @Test
    void becomesAProducerRecordOfItsTopic() {
        OutgoingRecord record = new OutgoingRecord(
                new byte[] {1}, null, List.of(new RecordHeader("a", null), RecordHeader.of("a", "b")), 99);

        ProducerRecord<byte[], byte[]> sent = serialize(record);

        assertThat(sent.topic()).isEqualTo("results");
        assertThat(sent.partition()).isNull();
        assertThat(sent.timestamp()).isEqualTo(99);
        assertThat(sent.key()).containsExactly(1);
        assertThat(sent.value()).isNull();
        assertThat(Arrays.stream(sent.headers().toArray()).map(Header::key)).containsExactly("a", "a");
        assertThat(sent.headers().toArray()[0].value()).isNull();
        assertThat(sent.headers().toArray()[1].value()).containsExactly('b');
    }

    @SuppressWarnings("NullAway") // The serializer looks neither at the context nor at Flink's timestamp.
    private static ProducerRecord<byte[], byte[]> serialize(OutgoingRecord record) {
        return new OutgoingRecordSerializer("results").serialize(record, null, null);
    }

    private static int producersEstimate(OutgoingRecord record) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                record.key(),
                record.value(),
                serialize(record).headers().toArray());
    }

    private static byte[] bytes(SplittableRandom random, int most) {
        return ByteBuffer.allocate(random.nextInt(most)).array();
    }
}
