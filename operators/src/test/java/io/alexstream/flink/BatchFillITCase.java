package io.alexstream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.testing.Await;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.RetainedMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How full batches are in a job, and what waits for what. No test looks at a clock: devices are as fast as they are told. */
@Timeout(120)
class BatchFillITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = FakeJob.cluster();

    private static final int FRAMES = 800;

    /** The longest that is allowed, and longer than {@link Await#LIMIT}: what is there in time has not lingered. */
    private static final Duration LONG_LINGER = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private FakeSessions sessions = new FakeSessions();

    @BeforeEach
    void reset() {
        sessions = FakeJob.reset();
    }

    @AfterEach
    void leavesNothingOpen() {
        assertThat(sessions.misuses()).isEmpty();
        assertThat(sessions.open()).isZero();
    }

    /** A device that is slower than the decoders: each run lasts until a full batch, or all that is left, waits behind it. */
    @ParameterizedTest(name = "{0} slots")
    @ValueSource(ints = {1, 2, 4})
    void fillsBatchesUnderLoadWhateverTheSlots(int slots) throws Exception {
        String job = "load-" + slots;
        AtomicInteger taken = new AtomicInteger();
        sessions.onRun(count -> {
            if (sessions.runs().size() > FakeJob.RUNS_BEFORE_SERVING) {
                int left = FRAMES - taken.addAndGet(count);
                Await.until(
                        "a full batch, or what is left, waits",
                        () -> RetainedMetrics.sum(job, "classify", slots, "queueDepth") / slots
                                >= Math.min(FakeJob.MAX_BATCH, left));
            }
        });
        StreamExecutionEnvironment environment = FakeJob.environment(job, slots);
        FakeJob.add(
                uris(environment, FRAMES),
                FakeJob.classification(folder, Duration.ofMillis(5)).build());
        environment.execute(job);

        assertThat(FakeJob.outcomes()).hasSize(FRAMES);
        assertThat(sessions.opened()).isEqualTo(1);
        assertThat(RetainedMetrics.sum(job, "classify", slots, "framesRun")).isEqualTo(FRAMES);
        long inFullBatches = sessions.runs().stream()
                .skip(FakeJob.RUNS_BEFORE_SERVING)
                .filter(size -> size == FakeJob.MAX_BATCH)
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(inFullBatches).isGreaterThanOrEqualTo(FRAMES * 95 / 100);
    }

    @Test
    void letsALoneFrameGoAfterItsLingerThoughTheInputGoesOn() throws Exception {
        JobClient job = endless("lone", 1, Duration.ofMillis(5));
        Await.until("the lone frame is classified", () -> FakeJob.outcomes().size() == 1);
        end(job);
        assertThat(RetainedMetrics.sum("lone", "classify", 1, "batchesClosed.LINGER"))
                .isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} slots")
    @ValueSource(ints = {1, 2, 4})
    void doesNotLingerAtTheEndOfInput(int slots) throws Exception {
        StreamExecutionEnvironment environment = FakeJob.environment("end-" + slots, slots);
        FakeJob.add(
                uris(environment, 5),
                FakeJob.classification(folder, LONG_LINGER).build());
        JobClient job = environment.executeAsync();
        job.getJobExecutionResult().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(FakeJob.outcomes()).hasSize(5);
    }

    @ParameterizedTest(name = "drain {0}")
    @ValueSource(booleans = {false, true})
    void doesNotLingerWhenStoppedWithASavepoint(boolean drain) throws Exception {
        String name = "stop-" + drain;
        JobClient job = endless(name, 3, LONG_LINGER);
        Await.until("three frames wait", () -> RetainedMetrics.sum(name, "classify", 1, "queueDepth") == 3);
        job.stopWithSavepoint(drain, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        job.getJobExecutionResult().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        // Without a drain they are in the savepoint; ClassifyFunctionTest restores such a state.
        assertThat(FakeJob.outcomes()).hasSize(drain ? 3 : 0);
    }

    /** An input that goes on for ever after its first frames, without any further one. */
    private JobClient endless(String name, int frames, Duration linger) throws Exception {
        StreamExecutionEnvironment environment = FakeJob.environment(name, 1);
        DataStream<String> uris = environment
                .fromSequence(0, Long.MAX_VALUE)
                .filter(number -> number < frames)
                .map(BatchFillITCase::uri);
        FakeJob.add(uris, FakeJob.classification(folder, linger).build());
        return environment.executeAsync();
    }

    private static void end(JobClient job) throws Exception {
        job.cancel().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        Await.until("the job has ended", () -> job.getJobStatus().join().isTerminalState());
    }

    private static DataStream<String> uris(StreamExecutionEnvironment environment, int count) {
        return environment.fromSequence(0, count - 1).map(BatchFillITCase::uri);
    }

    private static String uri(Long number) {
        return ColouredImages.uri(20 + (int) (number % 100));
    }
}
