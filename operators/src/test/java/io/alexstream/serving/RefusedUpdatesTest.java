package io.alexstream.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.ModelSignature;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.inference.TopK;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeServing;
import io.alexstream.testing.FullDisk;
import io.alexstream.testing.SilentListener;
import io.alexstream.testing.TinyOnnx;
import io.alexstream.testing.Updates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ONNX Runtime or the disk will not have: each refused with its reason, while the old version goes on and nothing is left. */
@Timeout(120)
class RefusedUpdatesTest {

    private static final List<String> LABELS = List.of("red", "green", "blue");
    private static final float ALIKE = 1 / 3f;

    /** Several of the pieces in which files are copied. */
    private static final int ROOM = 4 << 20;

    /** What can be wrong with a package; each makes one, and says what the refusal must contain. */
    private enum Fault {
        TRUNCATED("model.onnx has 3 bytes, the manifest says"),
        CHANGED("model.onnx has sha-256"),
        LONGER("model.onnx has more than"),
        FILE_MISSING("golden.bin"),
        NOT_ONNX("cannot load model.onnx"),
        OTHER_INPUT("inputs are [picture]"),
        FEWER_LABELS("answers 3 classes a frame, the package has 2 labels"),
        NOT_A_NUMBER("golden frame 0 is answered with NaN"),
        OTHER_ANSWERS("class 0 has probability 0.33");

        private final String reason;

        Fault(String reason) {
            this.reason = reason;
        }

        private Path in(Path repository) throws IOException {
            return switch (this) {
                case TRUNCATED -> changed(repository, new byte[] {1, 2, 3});
                case CHANGED -> {
                    byte[] model = TinyOnnx.heavy(0);
                    model[model.length / 2]++;
                    yield changed(repository, model);
                }
                case LONGER -> changed(repository, new byte[2 * ROOM]);
                case FILE_MISSING -> {
                    Path written = FakePackages.writeOnnx(repository, 2, TinyOnnx.heavy(0), LABELS, ALIKE);
                    Files.delete(written.resolve("golden.bin"));
                    yield written;
                }
                case NOT_ONNX -> FakePackages.writeOnnx(repository, 2, "no graph".getBytes(UTF_8), LABELS, ALIKE);
                case OTHER_INPUT -> {
                    byte[] model = TinyOnnx.model("picture", TensorProto.DataType.UINT8_VALUE, 3);
                    yield FakePackages.writeOnnx(repository, 2, model, LABELS, ALIKE);
                }
                case FEWER_LABELS ->
                    FakePackages.writeOnnx(repository, 2, TinyOnnx.heavy(0), List.of("red", "green"), ALIKE);
                case NOT_A_NUMBER ->
                    FakePackages.writeOnnx(repository, 2, TinyOnnx.notANumberForBlack(), LABELS, ALIKE);
                case OTHER_ANSWERS -> FakePackages.writeOnnx(repository, 2, TinyOnnx.heavy(0), LABELS, 0.9f);
            };
        }

        private static Path changed(Path repository, byte[] model) throws IOException {
            Path written = FakePackages.writeOnnx(repository, 2, TinyOnnx.heavy(0), LABELS, ALIKE);
            Files.write(written.resolve("model.onnx"), model);
            return written;
        }
    }

    @TempDir
    private Path repository;

    @TempDir
    private Path cache;

    private final CountedSessions sessions = new CountedSessions();
    private final Disk disk = new Disk();
    private ServingRuntime runtime;

    @BeforeEach
    void begin() {
        String first = FakePackages.writeOnnx(repository, 1, 10_000).toUri().toString();
        runtime = ServingRuntimeFactory.start(
                FakeServing.config(repository, cache, Duration.ZERO), List.of(sessions), disk);
        runtime.begin(first, null);
    }

    @AfterEach
    void leavesNothingOpen() throws IOException {
        runtime.close();
        assertThat(sessions.open).hasValue(0);
        assertThat(filesIn(cache)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatCannotServe(Fault fault) throws Exception {
        // Enough for what the manifest says, and not for what comes where it lies.
        disk.room = ROOM;
        assertRefused(Updates.to(fault.in(repository), 0), fault.reason);
    }

    @Test
    void refusesAPackageThatTheDiskHasNoRoomFor() throws Exception {
        disk.usable = 20_000;
        assertRefused(
                Updates.to(FakePackages.writeOnnx(repository, 2, 50_000), 0),
                "bytes of disk",
                "has 20000",
                "make room");
    }

    @Test
    void refusesAPackageThatFillsTheDisk() throws Exception {
        disk.room = 5_000;
        assertRefused(
                Updates.to(FakePackages.writeOnnx(repository, 2, 50_000), 0),
                "model.onnx cannot be written to",
                FullDisk.MESSAGE,
                "model.cache-dir");
    }

    @Test
    void servesTheSamePackageOnceThereIsRoomAgain() throws Exception {
        Path second = FakePackages.writeOnnx(repository, 2, 50_000);
        disk.room = 5_000;
        request(Updates.to(second, 0));
        disk.room = Long.MAX_VALUE;
        request(Updates.to(second, 1));
        assertThat(runtime.models().serving().model().version()).isEqualTo(2);
    }

    private void assertRefused(PublishedUpdate update, String... reason) throws Exception {
        request(update);
        assertThat(runtime.models().eventsSince(0).events())
                .extracting(ModelEvent::state)
                .containsExactly(State.LOADING, State.REJECTED);
        ModelEvent refusal = runtime.models().eventsSince(1).events().get(0);
        assertThat(refusal.update()).isEqualTo(update.position());
        assertThat(refusal.reason()).contains(reason).doesNotContain("\n");
        assertThat(sessions.open).hasValue(1);
        assertThat(filesIn(cache)).as("the served package's, and the lock").hasSize(3);
        assertThat(answeredBy(runtime.models().serving().model()).version()).isEqualTo(1);
    }

    private void request(PublishedUpdate update) throws Exception {
        runtime.models().request(update).get(60, TimeUnit.SECONDS);
    }

    private ModelRef answeredBy(ModelRef pinned) throws Exception {
        return ((FrameOutcome.Predicted) runtime.classify(ColouredImages.uri(9), pinned, new SilentListener())
                        .get(40, TimeUnit.SECONDS))
                .model();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    /** As large as a test says. */
    private static final class Disk implements LocalDisk {

        private volatile long usable = Long.MAX_VALUE;
        private volatile long room = Long.MAX_VALUE;

        @Override
        public long usableSpace(Path directory) {
            return usable;
        }

        @Override
        public OutputStream create(Path file) throws IOException {
            return new FullDisk(file, room);
        }
    }

    /** ONNX Runtime's own, counted. */
    private static final class CountedSessions implements SessionFactory {

        private final SessionFactory real = new OnnxSessionFactory(SessionOptions.cpu(1));
        private final AtomicInteger open = new AtomicInteger();

        @Override
        public InferenceSession open(Path model) {
            InferenceSession session = real.open(model);
            open.incrementAndGet();
            return new InferenceSession() {
                @Override
                public ModelSignature signature() {
                    return session.signature();
                }

                @Override
                public ExecutionProvider executionProvider() {
                    return session.executionProvider();
                }

                @Override
                public TopK run(ByteBuffer frames, int count) {
                    return session.run(frames, count);
                }

                @Override
                public void close() {
                    session.close();
                    open.decrementAndGet();
                }
            };
        }
    }
}
