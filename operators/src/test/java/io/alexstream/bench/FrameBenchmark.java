package io.alexstream.bench;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.DecoderKind;
import io.alexstream.image.FramePreprocessor;
import io.alexstream.image.ImageLimits;
import io.alexstream.image.PreparedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From an encoded JPEG to a frame of AlexNet's 227 x 227 pixels, with each of the decoders: gate, decoder, filter, as a decode
 * thread of the job does it. Confined to the benchmark's thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FrameBenchmark {

    private static final InputSpec INPUT = InputSpec.square(227, 256);

    /** The values of {@code image.decoder}. */
    @Param({"imageio", "opencv"})
    public String decoder = "imageio";

    /** ImageNet's usual size, and a phone's 12 megapixels. */
    @Param({"500x375", "4000x3000"})
    public String size = "500x375";

    private final ByteBuffer slot = ByteBuffer.allocateDirect(INPUT.frameBytes());
    private byte[] encoded = {};
    private FramePreprocessor preprocessor;

    @Setup
    public void draw() throws IOException {
        encoded = DrawnJpeg.of(size);
        preprocessor = new FramePreprocessor(
                ImageLimits.ofDefaults(),
                DecoderKind.valueOf(decoder.toUpperCase(Locale.ROOT)).open(),
                true);
    }

    @Benchmark
    public ByteBuffer decodeAndFilter() {
        try (PreparedImage image = preprocessor.prepare(encoded, INPUT)) {
            image.writeFrame(INPUT, slot);
        }
        return slot;
    }
}
