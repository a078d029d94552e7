package io.alexstream.contract;

import java.util.Objects;

/** Where a record came from; unique within a Kafka cluster, unlike an image's id. */
public record SourcePosition(String topic, int partition, long offset) {

    public SourcePosition {
        Objects.requireNonNull(topic, "topic");
    }

    /** {@code <topic>-<partition>-<offset>}: the default id of an image and the {@code ce_id} of its event. */
    public String asId() {
        return topic + "-" + partition + "-" + offset;
    }
}
