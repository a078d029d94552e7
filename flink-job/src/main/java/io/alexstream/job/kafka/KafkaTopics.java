package io.alexstream.job.kafka;

import java.util.Objects;

/**
 * The topics of the job and how it reads the first of them.
 *
 * @param models the topics of the hot swap
 */
public record KafkaTopics(
        String images,
        String groupId,
        StartingOffsets startingOffsets,
        String classifications,
        String deadLetters,
        ModelTopics models) {

    public KafkaTopics {
        Objects.requireNonNull(images, "images");
        Objects.requireNonNull(groupId, "groupId");
        Objects.requireNonNull(startingOffsets, "startingOffsets");
        Objects.requireNonNull(classifications, "classifications");
        Objects.requireNonNull(deadLetters, "deadLetters");
        Objects.requireNonNull(models, "models");
    }
}
