package io.alexstream.job.kafka;

import java.util.Objects;

/**
 * The two topics of the hot swap: what to serve, and what became of it.
 *
 * @param updates name of the compacted topic of one partition, or empty where the job keeps the model that it began with
 * @param status name of the topic of reports; without effect where {@code updates} is empty
 */
public record ModelTopics(String updates, String status) {

    public ModelTopics {
        Objects.requireNonNull(updates, "updates");
        Objects.requireNonNull(status, "status");
    }

    /** No hot swap. */
    public static ModelTopics none() {
        return new ModelTopics("", "");
    }

    /** Whether the job follows updates. */
    public boolean areFollowed() {
        return !updates.isEmpty();
    }
}
