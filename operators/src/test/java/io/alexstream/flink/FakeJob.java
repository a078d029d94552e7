package io.alexstream.flink;

import io.alexstream.contract.ImageReference;
import io.alexstream.contract.MalformedReferenceException;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.inference.SessionOptions;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.RetainedMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;

/**
 * A job that classifies URIs on a model without weights, and what it gave out. Its parts are static, since functions are
 * serialised: one job at a time. Safe for concurrent use: the queue and the sessions are.
 */
final class FakeJob {

    static final int MAX_BATCH = 8;

    /** Warm-up with one frame and with the largest batch, and the golden check. */
    static final int RUNS_BEFORE_SERVING = 3;

    private static final int MODEL_VERSION = 3;

    /** What came out, a line an element. */
    private static final Queue<String> OUTCOMES = new ConcurrentLinkedQueue<>();

    private static FakeSessions sessions = new FakeSessions();

    private FakeJob() {}

    /** A TaskManager with four slots and {@link RetainedMetrics}. */
    static MiniClusterExtension cluster() {
        return new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                .setConfiguration(RetainedMetrics.configuration())
                .setNumberTaskManagers(1)
                .setNumberSlotsPerTaskManager(4)
                .build());
    }

    static FakeSessions reset() {
        sessions = new FakeSessions();
        OUTCOMES.clear();
        return sessions;
    }

    static StreamExecutionEnvironment environment(String name, int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.NAME, name);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        return environment;
    }

    static ImageClassification.Builder classification(Path folder, Duration linger) {
        return ImageClassification.builder()
                .modelPackage(FakePackages.write(folder, MODEL_VERSION, "model")
                        .toUri()
                        .toString())
                .batch(MAX_BATCH, linger)
                .sessions(FakeJob::fakes);
    }

    /** Classifies the URIs; one that is "malformed" is none. */
    static void add(DataStream<String> uris, ImageClassification classification) {
        add(classification.classify(uris, FakeJob::reference));
    }

    /** The same, following updates. */
    static void add(DataStream<String> uris, DataStream<PublishedUpdate> updates, ImageClassification classification) {
        add(classification.classify(uris, FakeJob::reference, updates, 0));
    }

    private static void add(ClassifiedStream<String> images) {
        images.classifications().map(FakeJob::line).sinkTo(new DiscardingSink<>());
        images.deadLetters().map(FakeJob::line).sinkTo(new DiscardingSink<>());
    }

    static Queue<String> outcomes() {
        return OUTCOMES;
    }

    private static String line(Classified<String> classified) {
        OUTCOMES.add(classified.predictions().get(0).label());
        return "";
    }

    private static String line(DeadLetter<String> letter) {
        OUTCOMES.add(letter.reason().name());
        return "";
    }

    private static ImageReference reference(String uri) {
        if (uri.equals("malformed")) {
            throw new MalformedReferenceException("not a reference");
        }
        return ImageReference.of(uri);
    }

    private static FakeSessions fakes(SessionOptions options) {
        return sessions;
    }

    static FakeSessions sessions() {
        return sessions;
    }
}
