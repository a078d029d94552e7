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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramePathTest {

    @TempDir
    private Path directory;

    private final Traffic traffic = new Traffic(1);
    private final List<Boolean> wanted = new ArrayList<>();
    private final List<Runnable> decodes = new ArrayList<>();
    private final MicroBatcher<ServedModel, Frame> batcher =
            new MicroBatcher<>(new BatchPolicy(4, Duration.ZERO, 3), System::nanoTime, ByteBuffer::allocateDirect);
    private ModelCache cache;
    private ServedModel model;
    private ImageFetcher fetcher;
    private FramePath path;

    @BeforeEach
    void load() {
        Path modelPackage = FakePackages.write(directory.resolve("models"), 1, "a model");
        ServingConfig config = FakeServing.config(modelPackage, directory.resolve("cache"), Duration.ZERO);
        cache = ModelCache.open(config.cacheDirectory());
        String uri = config.modelPackage();
        model = new ModelLoader(
                        new ModelRepository(),
                        cache,
                        List.of(new FakeSessions()),
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

    @Test
    void wantsACoreWhileAFrameIsDecodedAndNoneWhileItWaits() throws Exception {
        started(ColouredImages.uri(7));
        assertThat(traffic.takesAllCores()).as("in the decoders' queue").isFalse();
        decodes.remove(0).run();
        assertThat(wanted).as("when it was decoded").containsExactly(true);
        assertThat(traffic.takesAllCores()).as("in its batch").isFalse();
    }

    @Test
    void wantsNoCoreForAFrameThatIsRejected() {
        started("data:image/png;base64,AAAA");
        started("file:///not/allowed");
        decodes.forEach(Runnable::run);
        assertThat(traffic.takesAllCores()).isFalse();
    }

    /** Notes whether images want all cores while it decodes. */
    private ImageDecoder watched(ImageDecoder decoder) {
        return new ImageDecoder() {
            @Override
            public long peakBytes(CheckedImage image, int shorterSide) {
                return decoder.peakBytes(image, shorterSide);
            }

            @Override
            public DecodedImage decode(CheckedImage image, int shorterSide) {
                wanted.add(traffic.takesAllCores());
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
