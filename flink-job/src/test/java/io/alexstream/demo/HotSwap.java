package io.alexstream.demo;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.job.testing.StatusReader;
import io.alexstream.job.testing.UpdateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * A second version of the model that goes live while references flow.
 *
 * @param published when its update was in Kafka
 * @param active when the last subtask served it
 * @param loadMillis how long one process took to fetch, check and load it
 * @param warmUpMillis how long to warm it up and ask it for its golden frames
 */
public record HotSwap(
        ModelRef from, ModelRef to, Instant published, Instant active, long loadMillis, long warmUpMillis) {

    static final String UPDATES = "model-updates";
    static final String STATUS = "model-status";

    /** Three times what it takes on two busy cores. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Publishes the update and returns when every subtask serves it, or throws a {@link DemoException} that says why not. */
    public static HotSwap perform(
            String bootstrapServers, String updatesTopic, String statusTopic, ModelRef from, ModelRef to) {
        try (UpdateWriter updates = new UpdateWriter(bootstrapServers, updatesTopic);
                StatusReader reader = new StatusReader(bootstrapServers, statusTopic)) {
            long offset = updates.publish(to);
            Instant published = Instant.now();
            List<ModelStatus> active = awaitActive(reader, offset);
            return new HotSwap(
                    from,
                    to,
                    published,
                    active.stream().map(ModelStatus::at).max(Instant::compareTo).orElseThrow(),
                    longest(active.stream().map(ModelStatus::loadMillis).toList()),
                    longest(active.stream().map(ModelStatus::warmUpMillis).toList()));
        } catch (DemoException e) {
            throw e;
        } catch (Exception e) {
            throw new DemoException("the update was not published: " + Failures.oneLine(e), e);
        }
    }

    private static List<ModelStatus> awaitActive(StatusReader reader, long offset) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            reader.of(State.REJECTED, offset).stream().findFirst().ifPresent(rejected -> {
                throw new DemoException("version " + rejected.version() + " was refused: " + rejected.reason());
            });
            List<ModelStatus> active = reader.of(State.ACTIVE, offset);
            if (StatusReader.isFromAll(active)) {
                return active;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new DemoException("the job did not take over the new version within " + PATIENCE.toSeconds() + " s");
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
