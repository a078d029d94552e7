package io.alexstream.bench;

import io.alexstream.contract.ImageReference;
import io.alexstream.contract.Json;
import io.alexstream.contract.ModelRef;
import io.alexstream.demo.Folders;
import io.alexstream.demo.HotSwap;
import io.alexstream.demo.LocalFlink;
import io.alexstream.job.kafka.KafkaConnectors;
import io.alexstream.job.kafka.KafkaSettings;
import io.alexstream.job.kafka.KafkaTopics;
import io.alexstream.job.kafka.ModelTopics;
import io.alexstream.job.kafka.StartingOffsets;
import io.alexstream.model.stream.KafkaAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
    private final SplittableRandom arrivals = new SplittableRandom(1);
    private int published;

    private JobRun(ForkedKafka kafka, Workload work, Path directory, String name, int slots, ModelTopics models)
            throws Exception {
        this.bootstrapServers = kafka.bootstrapServers();
        this.work = work;
        this.topics = new KafkaTopics(
                name + "-images",
                name,
                StartingOffsets.EARLIEST,
                name + "-classifications",
                name + "-dead-letters",
                models);
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
        JobRun run = new JobRun(kafka, work, directory, name, slots, ModelTopics.none());
        run.deploy(guarantee);
        return run;
    }

    /** The deployed job with its defaults, and with hot swap. */
    static JobRun swappable(
            ForkedKafka kafka, Workload work, Path directory, String name, int slots, DeliveryGuarantee guarantee)
            throws Exception {
        ModelTopics models = new ModelTopics(name + "-model-updates", name + "-model-status");
        kafka.createTopics(1, Map.of("cleanup.policy", "compact"), models.updates());
        kafka.createTopics(1, models.status());
        JobRun run = new JobRun(kafka, work, directory, name, slots, models);
        run.deploy(guarantee);
        return run;
    }

    private void deploy(DeliveryGuarantee guarantee) throws Exception {
        flink.run(() -> io.alexstream.job.ClassificationJob.main(new String[] {
            "--kafka.bootstrap-servers=" + bootstrapServers,
            "--images.topic=" + topics.images(),
            "--images.group-id=" + topics.groupId(),
            "--classifications.topic=" + topics.classifications(),
            "--dead-letters.topic=" + topics.deadLetters(),
            "--model-updates.topic=" + topics.models().updates(),
            "--model-status.topic=" + topics.models().status(),
            "--delivery-guarantee=" + guarantee,
            "--model.package=" + work.model().uri(),
            "--image.allowed-uris=" + work.allowedUris()
        }));
    }

    /** Publishes a version and returns when every subtask serves it. */
    HotSwap swap(ModelRef from, ModelRef to) {
        return HotSwap.perform(
                new KafkaAccess(bootstrapServers, Map.of()),
                topics.models().updates(),
                topics.models().status(),
                from,
                to);
    }

    /** The same source and sink around {@link PlainFunction}. */
    static JobRun plain(ForkedKafka kafka, Workload work, Path directory, String name, int slots) throws Exception {
        JobRun run = new JobRun(kafka, work, directory, name, slots, ModelTopics.none());
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

    /**
     * Publishes at random moments that know nothing of each other (Poisson), so many a second on average, while {@code goesOn};
     * returns how many. May run on a thread of its own while nothing else publishes.
     */
    int publish(double rate, BooleanSupplier goesOn) {
        int count = 0;
        long due = System.nanoTime();
        while (goesOn.getAsBoolean()) {
            due += (long) (-Math.log(1 - arrivals.nextDouble()) / rate * 1e9);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            send();
            count++;
        }
        producer.flush();
        return count;
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
