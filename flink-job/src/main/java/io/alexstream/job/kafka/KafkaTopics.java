package io.alexstream.job.kafka;

import java.util.Objects;

/** The topics of the job and how it reads the first of them. */
public record KafkaTopics(
        String images, String groupId, StartingOffsets startingOffsets, String classifications, String deadLetters) {

    public KafkaTopics {
        Objects.requireNonNull(images, "images");
        Objects.requireNonNull(groupId, "groupId");
        Objects.requireNonNull(startingOffsets, "startingOffsets");
        Objects.requireNonNull(classifications, "classifications");
        Objects.requireNonNull(deadLetters, "deadLetters");
    }
}
