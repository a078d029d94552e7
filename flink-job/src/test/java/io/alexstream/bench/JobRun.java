package io.alexstream.bench;

import io.alexstream.contract.ImageReference;
import io.alexstream.contract.Json;
import io.alexstream.demo.Folders;
import io.alexstream.demo.LocalFlink;
import io.alexstream.job.kafka.KafkaConnectors;
import io.alexstream.job.kafka.KafkaSettings;
import io.alexstream.job.kafka.KafkaTopics;
import io.alexstream.job.kafka.StartingOffsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A job that runs on a Flink of its own between topics of its own, and what goes into it. Confined to one thread, which closes
 * it.
 */
final class JobRun implements AutoCloseable {

    /** More than slots in every part, so that none is idle. */
    private static final int PARTITIONS = 4;

    private final String bootstrapServers;
    private final Workload work;
    private final KafkaTopics topics;
    private final LocalFlink flink;
    private final KafkaProducer<byte[], byte[]> producer;
    private int published;

    private JobRun(ForkedKafka kafka, Workload work, Path directory, String name, int slots) throws Exception {
        this.bootstrapServers = kafka.bootstrapServers();
        this.work = work;
        this.topics = new KafkaTopics(
                name + "-images", name, StartingOffsets.EARLIEST, name + "-classifications", name + "-dead-letters");
        kafka.createTopics(PARTITIONS, topics.images(), topics.classifications(), topics.deadLetters());
        Path temporary = directory.resolve("flink-" + name);
        Folders.empty(temporary);
        this.flink = LocalFlink.start(slots, temporary);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0, "client.id", SinkQuota.EXEMPT),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The deployed job with its defaults. */
    static JobRun deployed(
            ForkedKafka kafka, Workload work, Path directory, String name, int slots, DeliveryGuarantee guarantee)
            throws Exception {
        JobRun run = new JobRun(kafka, work, directory, name, slots);
        run.flink.run(() -> io.alexstream.job.ClassificationJob.main(new String[] {
            "--kafka.bootstrap-servers", run.bootstrapServers,
            "--images.topic", run.topics.images(),
            "--images.group-id", name,
            "--classifications.topic", run.topics.classifications(),
            "--dead-letters.topic", run.topics.deadLetters(),
            "--delivery-guarantee", guarantee.toString(),
            "--model.package", work.model().uri(),
            "--image.allowed-uris", work.allowedUris()
        }));
        return run;
    }

    /** The same source and sink around {@link PlainFunction}. */
    static JobRun plain(ForkedKafka kafka, Workload work, Path directory, String name, int slots) throws Exception {
        JobRun run = new JobRun(kafka, work, directory, name, slots);
        KafkaSettings settings = new KafkaSettings(
                run.bootstrapServers, Map.of(), name, Duration.ofMinutes(10), DeliveryGuarantee.EXACTLY_ONCE);
        KafkaConnectors connectors = new KafkaConnectors(settings, run.topics);
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / slots);
        run.flink.run(() -> {
            StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
            environment.configure(new Configuration().set(PipelineOptions.OBJECT_REUSE, true));
            AsyncDataStream.unorderedWait(
                            environment.fromSource(connectors.images(), WatermarkStrategy.noWatermarks(), "images"),
                            new PlainFunction(work, threads),
                            0,
                            TimeUnit.MILLISECONDS)
                    .sinkTo(connectors.classifications());
            environment.execute(name);
        });
        return run;
    }

    String classificationsTopic() {
        return topics.classifications();
    }

    AppendTimes outputs() {
        return new AppendTimes(bootstrapServers, topics.classifications());
    }

    AppendTimes inputs() {
        return new AppendTimes(bootstrapServers, topics.images());
    }

    /** Publishes at once; the partitions take turns. */
    void publish(int count) {
        for (int i = 0; i < count; i++) {
            send();
        }
        producer.flush();
    }

    /** Publishes each record at its own moment, counted from now in nanoseconds, whether or not the job keeps up. */
    void publish(int count, IntToLongFunction moments) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + moments.applyAsLong(i);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            send();
        }
        producer.flush();
    }

    private void send() {
        byte[] value = Json.toBytes(ImageReference.of(work.uri(published)));
        // A failure shows as an answer that never comes.
        var unused = producer.send(new ProducerRecord<>(topics.images(), published % PARTITIONS, (byte[]) null, value));
        published++;
    }

    void requireAlive() {
        flink.requireAlive();
    }

    @Override
    public void close() throws Exception {
        producer.close();
        flink.stopJob();
        flink.close();
    }
}
