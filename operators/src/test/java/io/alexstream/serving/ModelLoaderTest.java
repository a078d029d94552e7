package io.alexstream.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.batching.BatchPolicy;
import io.alexstream.batching.MicroBatcher;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {

    private static final List<Integer> SIZES = List.of(1, 2, 4);

    @TempDir
    private Path directory;

    private final FakeSessions sessions = new FakeSessions();
    private final Traffic traffic = new Traffic(1);
    private final List<String> events = new ArrayList<>();
    private Traffic.@Nullable Mark image;
    private long now;

    @BeforeEach
    void recordWhatHappens() {
        sessions.onOpen(model -> begins("open"));
        sessions.onRun(size -> begins("run " + size));
    }

    @Test
    void waitsForItsTurnBeforeEachStepThatSlowsServing() {
        begins("image");
        load();
        assertThat(events)
                .as("copying, the session, the larger warm-up, the golden frames; the first frame only takes its turn")
                .containsExactly("image", "wait", "open", "run 1", "wait", "run 4", "wait", "run 1");
    }

    @Test
    void waitsForNothingWithNoImagesToServe() {
        sessions.onOpen(model -> events.add("open"));
        sessions.onRun(size -> events.add("run " + size));
        load();
        assertThat(events).containsExactly("open", "run 1", "run 4", "run 1");
    }

    private void load() {
        Path modelPackage = FakePackages.write(directory.resolve("models"), 1, "a model");
        MicroBatcher<ServedModel, Frame> batcher =
                new MicroBatcher<>(new BatchPolicy(4, Duration.ZERO, 3), this::tick, ByteBuffer::allocateDirect);
        try (ModelCache cache = ModelCache.open(directory.resolve("cache"))) {
            ModelLoader loader = new ModelLoader(
                    new ModelRepository(),
                    cache,
                    List.of(sessions),
                    new FrameMemory(new BatchPolicy(4, Duration.ZERO, 3), batcher),
                    this::tick,
                    load -> new LoadPace(traffic, new RunTurns(1), this::tick, this::park, load),
                    SIZES,
                    1,
                    Runnable::run);
            String uri = modelPackage.toUri().toString();
            ServedModel model =
                    loader.load(uri, new ModelRepository().identify(uri).sha256(), new Abandonment());
            model.retire();
        }
    }

    /** Another image is there as soon as a step has begun. */
    private void begins(String step) {
        events.add(step);
        if (image != null) {
            image.close();
        }
        image = traffic.awaitsRun();
    }

    private long tick() {
        return now += 1_000;
    }

    /** The image is answered while the load waits. */
    private void park(long nanos) {
        events.add("wait");
        requireNonNull(image).close();
    }
}
