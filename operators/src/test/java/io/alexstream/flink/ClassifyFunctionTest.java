package io.alexstream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ImageReference;
import io.alexstream.contract.MalformedReferenceException;
import io.alexstream.contract.ModelRef;
import io.alexstream.inference.SessionOptions;
import io.alexstream.serving.ModelRepository;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The function in Flink's own AsyncWaitOperator, on a model without weights. */
@Timeout(60)
class ClassifyFunctionTest {

    /** Static, since the operator under test is serialised. */
    private static FakeSessions sessions = new FakeSessions();

    @TempDir
    private Path folder;

    private final Configuration options = new Configuration();

    @BeforeEach
    void configure() {
        sessions = new FakeSessions();
        Path directory = FakePackages.write(folder.resolve("repository"), 1, "one");
        options.set(ClassificationOptions.MODEL_PACKAGE, directory.toUri().toString());
        options.set(
                ClassificationOptions.MODEL_CACHE_DIR, folder.resolve("cache").toString());
        options.set(ClassificationOptions.BATCH_LINGER, Duration.ofMillis(1));
    }

    @AfterEach
    void leavesNothingOpen() {
        assertThat(sessions.misuses()).isEmpty();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void everyElementLeavesOnceAsClassificationOrDeadLetter() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(pinned(ColouredImages.uri(42)), 1_000);
            harness.processElement(pinned("malformed"), 2_000);
            harness.processElement(pinned("ftp://host/a.jpg"), 3_000);
            harness.endInput();
            var outcomes = harness.extractOutputValues();
            assertThat(outcomes).hasSize(3);
            assertThat(outcomes).filteredOn(Either::isLeft).singleElement().satisfies(outcome -> {
                assertThat(outcome.left().predictions().get(0).label()).isEqualTo("class 42");
                assertThat(outcome.left().model()).isEqualTo(current());
            });
            assertThat(outcomes)
                    .filteredOn(Either::isRight)
                    .extracting(outcome -> outcome.right().reason())
                    .containsExactlyInAnyOrder(DeadLetterReason.MALFORMED_REFERENCE, DeadLetterReason.FORBIDDEN_URI);
        }
    }

    @Test
    void keepsEventTime() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(pinned(ColouredImages.uri(1)), 1_234);
            harness.endInput();
            assertThat(harness.extractOutputStreamRecords())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.getTimestamp()).isEqualTo(1_234));
        }
    }

    @Test
    void restoresWhatWasInFlightAndAnswersItWithThePinnedVersion() throws Exception {
        ModelRef old = current();
        OperatorSubtaskState state;
        CountDownLatch never = new CountDownLatch(1);
        try (var harness = harness()) {
            harness.open();
            int started = sessions.runs().size();
            sessions.onRun(count -> await(never));
            harness.processElement(pinned(ColouredImages.uri(42)), 1_000);
            harness.processElement(pinned(ColouredImages.uri(43)), 2_000);
            state = harness.snapshot(1, 1);
            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(sessions.runs().size()).isBetween(started, started + 1);
            never.countDown();
        }
        sessions.onRun(count -> {});
        Path newer = FakePackages.write(folder.resolve("repository"), 2, "two");
        options.set(ClassificationOptions.MODEL_PACKAGE, newer.toUri().toString());
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .extracting(
                            outcome -> outcome.left().predictions().get(0).index(),
                            outcome -> outcome.left().model())
                    .containsExactlyInAnyOrder(Assertions.tuple(42, old), Assertions.tuple(43, old));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PinnedElement<String> pinned(String uri) {
        return new PinnedElement<>(uri, current());
    }

    private ModelRef current() {
        return new ModelRepository().identify(options.get(ClassificationOptions.MODEL_PACKAGE));
    }

    private OneInputStreamOperatorTestHarness<PinnedElement<String>, Either<Classified<String>, DeadLetter<String>>>
            harness() throws Exception {
        ClassifyFunction<String> function = new ClassifyFunction<>(
                ClassifyFunctionTest::reference, new RuntimeAccess(options, ClassifyFunctionTest::fakes), true);
        var factory = new AsyncWaitOperatorFactory<>(function, 0, 100, AsyncDataStream.OutputMode.UNORDERED);
        var harness = new OneInputStreamOperatorTestHarness<
                PinnedElement<String>, Either<Classified<String>, DeadLetter<String>>>(
                factory, StreamTypes.pinned(Types.STRING).createSerializer(new SerializerConfigImpl()));
        harness.setup(StreamTypes.outcome(Types.STRING).createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    private static FakeSessions fakes(SessionOptions options) {
        return sessions;
    }

    private static ImageReference reference(String element) {
        if (element.equals("malformed")) {
            throw new MalformedReferenceException("not a reference");
        }
        return ImageReference.of(element);
    }
}
