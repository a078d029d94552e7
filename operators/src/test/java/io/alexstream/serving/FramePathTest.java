package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.batching.BatchPolicy;
import io.alexstream.batching.MicroBatcher;
import io.alexstream.image.CheckedImage;
import io.alexstream.image.DecodedImage;
import io.alexstream.image.DecoderKind;
import io.alexstream.image.FramePreprocessor;
import io.alexstream.image.ImageDecoder;
import io.alexstream.image.ImageFetcher;
import io.alexstream.image.UriPolicy;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.testing.ColouredImages;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeServing;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.SilentListener;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FramePathTest {

    @TempDir
    private Path directory;

    private final Traffic traffic = new Traffic(1);
    private final FakeSessions sessions = new FakeSessions();
    private final List<Boolean> calm = new ArrayList<>();
    private final List<Runnable> decodes = new ArrayList<>();
    private final MicroBatcher<ServedModel, Frame> batcher =
            new MicroBatcher<>(new BatchPolicy(4, Duration.ZERO, 3), System::nanoTime, ByteBuffer::allocateDirect);
    private ModelCache cache;
    private ServedModel model;
    private ImageFetcher fetcher;
    private FramePath path;

    private void load() {
        Path modelPackage = FakePackages.write(directory.resolve("models"), 1, "a model");
        ServingConfig config = FakeServing.config(modelPackage, directory.resolve("cache"), Duration.ZERO);
        cache = ModelCache.open(config.cacheDirectory());
        String uri = config.modelPackage();
        model = new ModelLoader(
                        new ModelRepository(),
                        cache,
                        List.of(sessions),
                        new FrameMemory(new BatchPolicy(4, Duration.ZERO, 3), batcher),
                        System::nanoTime,
                        load -> LoadPace.alone(),
                        config.allowedBatchSizes(),
                        config.topK(),
                        Runnable::run)
                .load(uri, new ModelRepository().identify(uri).sha256(), new Abandonment());
        fetcher = new ImageFetcher(UriPolicy.of(config.allowedUris()), config.fetchLimits());
        FramePreprocessor preprocessor =
                new FramePreprocessor(config.imageLimits(), watched(DecoderKind.IMAGEIO.open()), true);
        path = new FramePath(fetcher, preprocessor, batcher, Runnable::run, decodes::add, traffic, System::nanoTime);
    }

    @AfterEach
    void close() {
        model.retire();
        cache.close();
        fetcher.close();
    }

    @ParameterizedTest
    @EnumSource(ExecutionProvider.class)
    void noLoadBeginsAnythingWhileAnImageIsDecodedNorOnCpuUntilItIsAnswered(ExecutionProvider provider)
            throws Exception {
        sessions.provider(provider);
        load();
        Frame frame = started(ColouredImages.uri(7));
        assertThat(traffic.isCalm()).as("in the decoders' queue").isTrue();
        decodes.remove(0).run();
        assertThat(calm).as("when it was decoded").containsExactly(false);
        assertThat(traffic.isCalm()).as("in its batch").isEqualTo(provider == ExecutionProvider.CUDA);
        frame.fail(new IllegalStateException("the runtime closes"));
        assertThat(traffic.isCalm()).as("answered").isTrue();
    }

    @Test
    void aRejectedImageIsGone() {
        load();
        started("data:image/png;base64,AAAA");
        started("file:///not/allowed");
        decodes.forEach(Runnable::run);
        assertThat(traffic.isCalm()).isTrue();
    }

    /** Notes whether it is calm while it decodes. */
    private ImageDecoder watched(ImageDecoder decoder) {
        return new ImageDecoder() {
            @Override
            public long peakBytes(CheckedImage image, int shorterSide) {
                return decoder.peakBytes(image, shorterSide);
            }

            @Override
            public DecodedImage decode(CheckedImage image, int shorterSide) {
                calm.add(traffic.isCalm());
                return decoder.decode(image, shorterSide);
            }
        };
    }

    private Frame started(String uri) {
        Frame frame = new Frame(uri, model, new SilentListener());
        path.start(frame);
        return frame;
    }
}
