package io.alexstream.demo;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.job.testing.StatusReader;
import io.alexstream.model.rollout.StatusTopic;
import io.alexstream.model.rollout.UpdatesTopic;
import io.alexstream.model.stream.KafkaAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A second version of the model that goes live while references flow.
 *
 * @param published when its update was sent
 * @param active when the last subtask served it
 * @param loadMillis how long one process took to fetch, check and load it
 * @param warmUpMillis how long to warm it up and ask it for its golden frames
 */
public record HotSwap(
        ModelRef from, ModelRef to, Instant published, Instant active, long loadMillis, long warmUpMillis) {

    static final String UPDATES = "model-updates";
    static final String STATUS = "model-status";

    /** Ten times what it takes on two busy cores. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * Publishes the update as {@code model publish} does, and returns when every subtask serves it and the old version is closed.
     *
     * @throws DemoException that says why not
     */
    public static HotSwap perform(
            KafkaAccess kafka, String updatesTopic, String statusTopic, ModelRef from, ModelRef to) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ModelUpdate update = new ModelUpdate(to.name(), to.version(), to.uri(), to.sha256(), now);
        try (UpdatesTopic updates = new UpdatesTopic(kafka, updatesTopic);
                StatusTopic status = new StatusTopic(kafka, statusTopic)) {
            return await(status, updates.send(update), from);
        }
    }

    /**
     * Looks at the swap that somebody else has published last, and returns when it is over.
     *
     * @throws DemoException that says why it is none
     */
    static HotSwap observe(KafkaAccess kafka, String updatesTopic, String statusTopic, ModelRef from) {
        try (UpdatesTopic updates = new UpdatesTopic(kafka, updatesTopic);
                StatusTopic status = new StatusTopic(kafka, statusTopic)) {
            PublishedUpdate newest = updates.newest(from.name());
            if (newest == null) {
                throw new DemoException("no new version was published");
            }
            return await(status, newest, from);
        }
    }

    private static HotSwap await(StatusTopic status, PublishedUpdate published, ModelRef from) {
        ModelUpdate update = Objects.requireNonNull(published.update());
        List<ModelStatus> active =
                await(status, published.position(), new Retired(from.version(), update.publishedAt()));
        return new HotSwap(
                from,
                update.modelRef(),
                update.publishedAt(),
                active.stream().map(ModelStatus::at).max(Instant::compareTo).orElseThrow(),
                longest(active.stream().map(ModelStatus::loadMillis).toList()),
                longest(active.stream().map(ModelStatus::warmUpMillis).toList()));
    }

    /** Which reports say that a version is gone: it may have been, and come back, before. */
    private record Retired(int version, Instant since) {

        boolean matches(ModelStatus status) {
            return status.state() == State.RETIRED
                    && status.version() == version
                    && !status.at().isBefore(since);
        }
    }

    /** Returns the reports that it is active. */
    private static List<ModelStatus> await(StatusTopic topic, ModelStatus.UpdatePosition position, Retired old) {
        List<ModelStatus> active = new ArrayList<>();
        List<ModelStatus> retired = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (ModelStatus status : topic.poll(POLL)) {
                boolean isAnswer = position.equals(status.update());
                if (isAnswer && status.state() == State.REJECTED) {
                    throw new DemoException("version " + status.version() + " was refused: " + status.reason());
                }
                if (isAnswer && status.state() == State.ACTIVE) {
                    active.add(status);
                }
                if (old.matches(status)) {
                    retired.add(status);
                }
            }
            if (StatusReader.isFromAll(active) && StatusReader.isFromAll(retired)) {
                return active;
            }
        }
        throw new DemoException("the job did not exchange the versions within " + PATIENCE.toSeconds() + " s");
    }

    private static long longest(List<Long> millis) {
        return millis.stream()
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** From the update in Kafka to the last subtask. */
    public Duration duration() {
        return Duration.between(published, active);
    }
}
