package io.alexstream.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelStatus;
import io.alexstream.job.testing.EventSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ModelStatusRecordsTest {

    @Test
    void writesAStatusUnderTheNameOfItsModel() throws IOException {
        ModelStatus status = new ModelStatus(
                "alexstream",
                "6d1f0c0a9c6b4f0e8b1a2c3d4e5f6a7b",
                new ModelStatus.UpdatePosition(0, 12),
                "alexnet",
                8,
                ModelStatus.State.ACTIVE,
                1,
                2,
                "worker-1",
                "CPU",
                330L,
                120L,
                null,
                Samples.CLASSIFIED_AT);

        OutgoingRecord record = new ModelStatusRecords().map(status);

        byte[] value = Objects.requireNonNull(record.value());
        assertThat(record.key()).isEqualTo("alexnet".getBytes(StandardCharsets.UTF_8));
        assertThat(record.timestamp()).isEqualTo(Samples.NOW);
        assertThat(Json.fromBytes(value, ModelStatus.class)).isEqualTo(status);
        assertThat(EventSchemas.errors("model-status", value)).isEmpty();
    }
}
