package io.alexstream.model.rollout;

import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks that the topic of updates can order them, and makes it where it is not there. */
public final class TopicPreparation {

    /** The controller answers before every broker knows of a new topic; that takes less than a second. */
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(20);

    private static final Duration GLANCE = Duration.ofMillis(50);

    private TopicPreparation() {}

    /**
     * Requires one partition; a missing topic is created, compacted.
     *
     * @return true where it was created
     * @throws StreamException where it has more partitions, or may not be created, with what to do
     */
    public static boolean prepare(KafkaAccess kafka, String topic) {
        try (Admin admin = kafka.admin()) {
            int partitions = partitions(admin, topic);
            if (partitions == 0) {
                create(admin, topic);
                return true;
            }
            requireOne(topic, partitions);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamException("interrupted while asking for topic " + topic, e);
        } catch (ExecutionException e) {
            throw kafka.failure(e);
        }
    }

    private static void requireOne(String topic, int partitions) {
        if (partitions != 1) {
            throw new StreamException("topic " + topic + " has " + partitions
                    + " partitions, and updates are only in order in one; name another with --updates-topic, or create"
                    + " this one anew with one partition");
        }
    }

    /** 0 where there is no such topic. */
    private static int partitions(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            TopicDescription description =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return description == null ? 0 : description.partitions().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw e;
        }
    }

    private static void create(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())
                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                String reason =
                        e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
                throw new StreamException(
                        "there is no topic " + topic + ", and it cannot be created (" + reason
                                + "); have it created with one partition and cleanup.policy=compact",
                        e);
            }
        }
        long start = System.nanoTime();
        int known = partitions(admin, topic);
        while (known == 0 && System.nanoTime() - start < KNOWN_WITHIN.toNanos()) {
            LockSupport.parkNanos(GLANCE.toNanos());
            known = partitions(admin, topic);
        }
        requireOne(topic, known);
    }
}
