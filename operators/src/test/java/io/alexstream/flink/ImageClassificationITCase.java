package io.alexstream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ImageReference;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.inference.SessionOptions;
import io.alexstream.testing.Await;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakeInferenceSession;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The public builder on a local cluster of two slots, with a model without weights. */
@Timeout(120)
class ImageClassificationITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final int IMAGES = 150;

    private static final CountDownLatch SILENCE = new CountDownLatch(1);
    private static final Set<Long> TIMERS = ConcurrentHashMap.newKeySet();

    /** Static, since functions are serialised. */
    private static FakeSessions sessions = new FakeSessions();

    @TempDir
    private Path folder;

    @BeforeEach
    void reset() {
        sessions = new FakeSessions();
    }

    @AfterEach
    void leavesNothingOpen() {
        assertThat(sessions.misuses()).isEmpty();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void oneRuntimeServesAllSlotsAndEveryElementLeavesOnce() throws Exception {
        List<String> outcomes = run(false, 2);
        assertThat(outcomes).hasSize(IMAGES).doesNotHaveDuplicates();
        assertThat(outcomes)
                .filteredOn(line -> line.endsWith("INFERENCE_FAILED"))
                .hasSize(1);
        assertThat(outcomes).filteredOn(line -> line.endsWith("MALFORMED")).isEmpty();
        assertThat(sessions.opened()).isEqualTo(1);
    }

    @Test
    void keepsTheOrderWhereAsked() throws Exception {
        List<String> outcomes = run(true, 1);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            if (i != FakeInferenceSession.POISON) {
                expected.add(i + " class " + i + " at " + i);
            }
        }
        assertThat(outcomes)
                .filteredOn(line -> !line.contains("INFERENCE_FAILED"))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void stopsWithASavepointWhileABatchRuns(@InjectMiniCluster MiniCluster cluster) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        StreamExecutionEnvironment environment = environment(2);
        DataStream<Long> endless = environment.fromSource(
                new NumberSequenceSource(0, Long.MAX_VALUE), WatermarkStrategy.noWatermarks(), "endless");
        ClassifiedStream<Long> images =
                classification(false).classify(endless, red -> ImageReference.of(ColouredImages.uri((int) (red % 10))));
        images.classifications().sinkTo(new DiscardingSink<>());
        JobClient job = environment.executeAsync();
        while (sessions.opened() == 0 || sessions.runs().size() < 6) {
            Thread.onSpinWait();
        }
        sessions.onRun(count -> {
            running.countDown();
            try {
                // Longer than the stop takes; ends with the interrupt of a runtime that closes, or by itself.
                stopped.await(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running.await();

        String savepoint = job.stopWithSavepoint(
                        false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get(60, TimeUnit.SECONDS);

        assertThat(savepoint).isNotEmpty();
        assertThat(cluster.requestJobResult(job.getJobID()).get().getSerializedThrowable())
                .isEmpty();
    }

    @Test
    void passesWatermarksOnWhileTheUpdatesAreSilent() throws Exception {
        StreamExecutionEnvironment environment = environment(2);
        DataStream<PublishedUpdate> silent =
                environment.fromData(0L).map(new Silence()).returns(ImageClassification.updateType());
        classification(false)
                .classify(reds(environment), red -> ImageReference.of(ColouredImages.uri(red.intValue())), silent, 0)
                .classifications()
                .keyBy(classified -> classified.element() % 2)
                .process(new AtItsTime())
                .sinkTo(new DiscardingSink<>());
        JobClient job = environment.executeAsync();

        Await.until("event time has passed every image", () -> TIMERS.size() == IMAGES - 1);

        assertThat(SILENCE.getCount()).as("updates are silent still").isOne();
        SILENCE.countDown();
        job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
    }

    private static DataStream<Long> reds(StreamExecutionEnvironment environment) {
        return environment
                .fromData(LongStream.range(0, IMAGES).boxed().toList())
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Long>forMonotonousTimestamps().withTimestampAssigner((red, ignored) -> red));
    }

    /** Runs all reds from 0 and gives back a line an element: its number, what it is, and its event time. */
    private List<String> run(boolean ordered, int parallelism) throws Exception {
        StreamExecutionEnvironment environment = environment(parallelism);
        ClassifiedStream<Long> images = classification(ordered)
                .classify(reds(environment), red -> ImageReference.of(ColouredImages.uri(red.intValue())));
        DataStream<String> lines = images.classifications()
                .process(new WithTime())
                .union(images.deadLetters().map(new DeadLetterLine()));
        List<String> collected = new ArrayList<>();
        try (CloseableIterator<String> results = lines.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        return collected;
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        return environment;
    }

    private ImageClassification classification(boolean ordered) {
        return ImageClassification.builder()
                .modelPackage(FakePackages.write(folder, 1, "model").toUri().toString())
                .batch(8, Duration.ofMillis(20))
                .option(ClassificationOptions.OUTPUT_ORDERED, ordered)
                .sessions(ImageClassificationITCase::fakes)
                .build();
    }

    private static FakeSessions fakes(SessionOptions options) {
        return sessions;
    }

    /** An update that does not come before the test is over. */
    private static final class Silence implements MapFunction<Long, PublishedUpdate> {

        private static final long serialVersionUID = 1L;

        @Override
        public PublishedUpdate map(Long offset) throws Exception {
            SILENCE.await();
            return new PublishedUpdate(0, offset, null);
        }
    }

    /** Notes each element when event time has passed it. */
    private static final class AtItsTime extends KeyedProcessFunction<Long, Classified<Long>, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Classified<Long> value, Context context, Collector<Long> out) {
            context.timerService().registerEventTimeTimer(value.element());
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<Long> out) {
            TIMERS.add(timestamp);
        }
    }

    private static final class WithTime extends ProcessFunction<Classified<Long>, String> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Classified<Long> value, Context context, Collector<String> out) {
            out.collect(value.element() + " " + value.predictions().get(0).label() + " at " + context.timestamp());
        }
    }

    private static final class DeadLetterLine implements MapFunction<DeadLetter<Long>, String> {

        private static final long serialVersionUID = 1L;

        @Override
        public String map(DeadLetter<Long> letter) {
            DeadLetterReason reason = letter.reason();
            return letter.element() + " " + reason;
        }
    }
}
