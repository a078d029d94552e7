package io.alexstream.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.SourcePosition;
import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.Pictures;
import io.alexstream.job.testing.RunningJob;
import io.alexstream.job.testing.StatusReader;
import io.alexstream.job.testing.TopicReader;
import io.alexstream.job.testing.TopicWriter;
import io.alexstream.job.testing.UpdateWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Topics of one test's own, with a writer or reader at each. One image in ten does not exist. Confined to the test's thread,
 * which closes it.
 */
final class SwapStage implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(90);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedKafka kafka;
    private final String name;
    private final TopicWriter images;
    private final UpdateWriter updates;
    private final StatusReader status;
    private final TopicReader classifications;
    private final TopicReader deadLetters;
    private int sent;

    /** What the tests ask of an event. */
    record Event(SourcePosition source, String model, int version) {}

    SwapStage(EmbeddedKafka kafka, String name) throws Exception {
        this.kafka = kafka;
        this.name = name;
        JobStart.createHotSwapTopics(kafka, name);
        String servers = kafka.bootstrapServers();
        images = new TopicWriter(servers, name + "-images");
        updates = new UpdateWriter(servers, name + "-model-updates");
        status = new StatusReader(servers, name + "-model-status");
        classifications = new TopicReader(servers, name + "-classifications");
        deadLetters = new TopicReader(servers, name + "-dead-letters");
    }

    /** Starts the job, which begins with that model. The caller closes it. */
    RunningJob run(MiniCluster cluster, ModelRef model, int parallelism, String... more) {
        return run(cluster, model, parallelism, new Configuration(), more);
    }

    RunningJob restore(MiniCluster cluster, ModelRef model, int parallelism, String savepoint) {
        return run(
                cluster, model, parallelism, new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
    }

    private RunningJob run(MiniCluster cluster, ModelRef model, int parallelism, Configuration flink, String... more) {
        flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        List<String> options = new ArrayList<>(List.of(
                "--model.package=" + model.uri(),
                "--model-updates.topic=" + name + "-model-updates",
                "--model-status.topic=" + name + "-model-status"));
        options.addAll(List.of(more));
        return JobStart.on(cluster, kafka.bootstrapServers(), name, options, flink);
    }

    UpdateWriter updates() {
        return updates;
    }

    StatusReader status() {
        return status;
    }

    int sent() {
        return sent;
    }

    /** Sends more images. */
    void send(int count) throws IOException {
        for (int end = sent + count; sent < end; sent++) {
            String uri = sent % 10 == 0 ? "data:image/png;base64,AAAA" : Pictures.inline(sent);
            images.send(Integer.toString(sent), "{\"uri\":\"" + uri + "\"}");
        }
    }

    /** Sends the same image so often. */
    void send(int count, String uri) {
        for (int end = sent + count; sent < end; sent++) {
            images.send(Integer.toString(sent), "{\"uri\":\"" + uri + "\"}");
        }
    }

    /** Waits until so many dead letters are committed; returns how many there are. */
    int awaitDeadLetters(int count) {
        return deadLetters.await(count, LIMIT).size();
    }

    /** Waits until all but {@code few} of the images that were sent have their event or dead letter. */
    void awaitAllBut(int few) {
        int good = sent - (sent + 9) / 10;
        classifications.await(good - few, LIMIT);
        deadLetters.await(sent - good - few, LIMIT);
    }

    /** Every event that is committed, in the order of the topic's partitions. */
    List<Event> events() {
        return classifications.readToEnd().stream().map(SwapStage::event).toList();
    }

    List<ConsumerRecord<byte[], byte[]>> eventRecords() {
        return classifications.readToEnd();
    }

    /** Where everything came from that came out, as {@code <topic>-<partition>-<offset>}. */
    List<String> sources() {
        List<String> sources = new ArrayList<>();
        events().forEach(event -> sources.add(event.source().asId()));
        deadLetters
                .readToEnd()
                .forEach(letter -> sources.add(
                        text(letter, "topic") + "-" + text(letter, "partition") + "-" + text(letter, "offset")));
        return sources;
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String header) {
        return new String(
                letter.headers().lastHeader("__connect.errors." + header).value(),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Event event(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode event = JSON.readTree(record.value());
            JsonNode source = event.path("source");
            return new Event(
                    new SourcePosition(
                            source.path("topic").textValue(),
                            source.path("partition").intValue(),
                            source.path("offset").longValue()),
                    event.path("model").path("name").textValue(),
                    event.path("model").path("version").intValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        images.close();
        updates.close();
        status.close();
        classifications.close();
        deadLetters.close();
    }
}
