package io.alexstream.job.testing;

import static java.util.stream.Collectors.toSet;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a topic of model status from its beginning. Confined to one thread, which closes it. */
public final class StatusReader implements AutoCloseable {

    /** A load takes milliseconds; slow machines get much more. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TopicReader reader;

    public StatusReader(String bootstrapServers, String topic) {
        reader = new TopicReader(bootstrapServers, topic);
    }

    /** Waits until every subtask has reported that state for the update at that offset; returns those reports. */
    public List<ModelStatus> awaitFromAll(State state, long offset) {
        Predicate<ModelStatus> wanted = wanted(state, offset);
        try {
            return parsed(reader.await(records -> isFromAll(parsed(records, wanted)), LIMIT), wanted);
        } catch (AssertionError e) {
            throw new AssertionError("no " + state + " from all for offset " + offset + "; came: " + readToEnd(), e);
        }
    }

    /** Whether every subtask is among those who reported. */
    public static boolean isFromAll(List<ModelStatus> reports) {
        if (reports.isEmpty()) {
            return false;
        }
        Integer parallelism = reports.get(0).parallelism();
        Set<Integer> subtasks = reports.stream().map(ModelStatus::subtask).collect(toSet());
        return parallelism != null && subtasks.size() == parallelism;
    }

    /** The reports of that state for the update at that offset which are there now. */
    public List<ModelStatus> of(State state, long offset) {
        return parsed(reader.readToEnd(), wanted(state, offset));
    }

    private static Predicate<ModelStatus> wanted(State state, long offset) {
        return status -> status.state() == state
                && status.update() != null
                && status.update().offset() == offset;
    }

    /** All that is there now. */
    public List<ModelStatus> readToEnd() {
        return parsed(reader.readToEnd(), status -> true);
    }

    /** All that is there now, as Kafka has it. */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        return reader.readToEnd();
    }

    private static List<ModelStatus> parsed(
            List<ConsumerRecord<byte[], byte[]>> records, Predicate<ModelStatus> wanted) {
        return records.stream().map(StatusReader::parse).filter(wanted).toList();
    }

    private static ModelStatus parse(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Json.fromBytes(record.value(), ModelStatus.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
