package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishedUpdateDeserializerTest {

    private static final ModelUpdate UPDATE = new ModelUpdate(
            "alexnet", 8, "s3://models/alexnet/8", "ab".repeat(32), Instant.parse("2026-11-23T10:15:30.123Z"));

    @Test
    void readsAnUpdateAndItsPlace() {
        assertThat(read(Json.toBytes(UPDATE))).isEqualTo(new PublishedUpdate(0, 12, UPDATE));
    }

    @Test
    void makesAnUpdateOfNothingOfATombstone() {
        assertThat(read(null)).isEqualTo(new PublishedUpdate(0, 12, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "hello",
                "{\"name\":\"alexnet\"}",
                "{\"name\":\"../../etc\",\"version\":8,\"uri\":\"x\",\"sha256\":\"SHA\",\"publishedAt\":\"2026-11-23T10:15:30Z\"}",
                "{\"name\":\"alexnet\",\"version\":0,\"uri\":\"x\",\"sha256\":\"SHA\",\"publishedAt\":\"2026-11-23T10:15:30Z\"}",
                "{\"name\":\"alexnet\",\"version\":8,\"uri\":\" \",\"sha256\":\"SHA\",\"publishedAt\":\"2026-11-23T10:15:30Z\"}",
                "{\"name\":\"alexnet\",\"version\":8,\"uri\":\"x\",\"sha256\":\"ab\",\"publishedAt\":\"2026-11-23T10:15:30Z\"}",
                "{\"name\":\"alexnet\",\"version\":8,\"uri\":\"x\",\"sha256\":\"SHA\",\"publishedAt\":\"yesterday\"}"
            })
    void makesAnUpdateOfNothingOfWhatIsNoUpdate(String value) {
        byte[] bytes = value.replace("SHA", "ab".repeat(32)).getBytes(StandardCharsets.UTF_8);

        assertThat(read(bytes)).isEqualTo(new PublishedUpdate(0, 12, null));
    }

    @Test
    void refusesALongValueUnread() {
        String update = new String(Json.toBytes(UPDATE), StandardCharsets.UTF_8);
        String padded = update + " ".repeat((64 << 10) - update.length());

        assertThat(read(padded.getBytes(StandardCharsets.UTF_8)).update()).isEqualTo(UPDATE);
        assertThat(read((padded + " ").getBytes(StandardCharsets.UTF_8)).update())
                .isNull();
    }

    @SuppressWarnings("NullAway") // Kafka's constructor takes null values.
    private static PublishedUpdate read(byte @Nullable [] value) {
        List<PublishedUpdate> read = new ArrayList<>();
        new PublishedUpdateDeserializer()
                .deserialize(
                        new ConsumerRecord<>("model-updates", 0, 12, new byte[0], value), new ListCollector<>(read));
        assertThat(read).hasSize(1);
        return Objects.requireNonNull(read.get(0));
    }
}
