package io.alexstream.job.testing;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says on {@code model-status} what a job that serves the tiny model would say. */
public final class StatusWriter implements AutoCloseable {

    private final TopicWriter writer;
    private final String jobId;
    private final int parallelism;

    public StatusWriter(String bootstrapServers, String topic, String jobId, int parallelism) {
        writer = new TopicWriter(bootstrapServers, topic);
        this.jobId = jobId;
        this.parallelism = parallelism;
    }

    /** @param offset of the update that is answered, or null for the package that the job was started with */
    public void say(State state, int subtask, int version, @Nullable Long offset) {
        boolean active = state == State.ACTIVE;
        ModelStatus status = new ModelStatus(
                "alexstream",
                jobId,
                offset == null ? null : new UpdatePosition(0, offset),
                "tiny",
                version,
                state,
                subtask,
                parallelism,
                "worker",
                active ? "CPU" : null,
                active ? 3L : null,
                active ? 2L : null,
                state == State.REJECTED ? "no room" : null,
                Instant.now());
        writer.send("tiny", new String(Json.toBytes(status), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        writer.close();
    }
}
