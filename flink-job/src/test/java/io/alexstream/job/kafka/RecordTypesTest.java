package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** These types live in Flink's state and on its network; all must work without Kryo. */
final class RecordTypesTest {

    private static final byte[] BYTES = "{\"uri\":\"x\"}".getBytes(StandardCharsets.UTF_8);

    static List<ImageRecord> records() {
        List<RecordHeader> headers = List.of(
                RecordHeader.of("b", "first"),
                new RecordHeader("a", null),
                RecordHeader.of("b", "second"),
                new RecordHeader("", new byte[0]));
        return List.of(
                new ImageRecord(BYTES, BYTES, headers, "images", 3, 4711, 1_700_000_000_000L),
                new ImageRecord(null, null, List.of(), "images", 0, 0, -1),
                new ImageRecord(new byte[0], new byte[0], List.of(), "t", Integer.MAX_VALUE, Long.MAX_VALUE, 0));
    }

    @ParameterizedTest
    @MethodSource("records")
    void keepsEveryByteAndHeaderInOrder(ImageRecord record) throws IOException {
        TypeSerializer<ImageRecord> serializer = serializer(new ImageRecordDeserializer().getProducedType());

        assertThat(roundTrip(serializer, record)).isEqualTo(record);
        assertThat(serializer.copy(record)).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("records")
    void keepsAnOutgoingRecord(ImageRecord record) throws IOException {
        OutgoingRecord outgoing =
                new OutgoingRecord(record.key(), record.value(), record.headers(), record.timestamp());

        assertThat(roundTrip(serializer(TypeInformation.of(OutgoingRecord.class)), outgoing))
                .isEqualTo(outgoing);
    }

    @Test
    void keepsAnUpdateAndTheAbsenceOfOne() throws IOException {
        TypeSerializer<PublishedUpdate> serializer = serializer(new PublishedUpdateDeserializer().getProducedType());
        ModelUpdate update =
                new ModelUpdate("alexnet", 8, "s3://models/alexnet/8", "ab".repeat(32), Samples.CLASSIFIED_AT);

        for (PublishedUpdate published :
                List.of(new PublishedUpdate(0, Long.MAX_VALUE, update), new PublishedUpdate(0, 1, null))) {
            assertThat(roundTrip(serializer, published)).isEqualTo(published);
            assertThat(serializer.copy(published)).isEqualTo(published);
        }
    }

    @Test
    void evolvesAsFlinkPojosDo() {
        assertThat(TypeInformation.of(ImageRecord.class)).isInstanceOf(PojoTypeInfo.class);
        assertThat(TypeInformation.of(OutgoingRecord.class)).isInstanceOf(PojoTypeInfo.class);
        assertThat(new PublishedUpdateDeserializer().getProducedType()).isInstanceOf(PojoTypeInfo.class);
    }

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        return type.createSerializer(new SerializerConfigImpl(configuration));
    }

    private static <T> T roundTrip(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
