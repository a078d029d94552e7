package io.alexstream.bench;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.FramePreprocessor;
import io.alexstream.image.ImageIoDecoder;
import io.alexstream.image.ImageLimits;
import io.alexstream.image.PreparedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From an encoded JPEG to a frame: both steps, and the antialiasing filter alone, into AlexNet's 227 x 227 pixels. Confined to
 * the benchmark's thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FrameBenchmark {

    private static final InputSpec INPUT = InputSpec.square(227, 256);

    /** ImageNet's usual size, and a phone's 12 megapixels. */
    @Param({"500x375", "4000x3000"})
    public String size = "500x375";

    private final FramePreprocessor preprocessor =
            new FramePreprocessor(ImageLimits.ofDefaults(), new ImageIoDecoder(), true);
    private final ByteBuffer slot = ByteBuffer.allocateDirect(INPUT.frameBytes());
    private byte[] encoded = {};
    private PreparedImage prepared;

    @Setup
    public void draw() throws IOException {
        int cross = size.indexOf('x');
        encoded = DrawnJpeg.of(
                Integer.parseInt(size.substring(0, cross)), Integer.parseInt(size.substring(cross + 1)), 1);
        prepared = preprocessor.prepare(encoded);
    }

    @TearDown
    public void close() {
        prepared.close();
    }

    /** The whole of it: gate, decoder, filter. */
    @Benchmark
    public ByteBuffer decodeAndFilter() {
        try (PreparedImage image = preprocessor.prepare(encoded)) {
            image.writeFrame(INPUT, slot);
        }
        return slot;
    }

    /** The filter on pixels that are decoded already. */
    @Benchmark
    public ByteBuffer filter() {
        prepared.writeFrame(INPUT, slot);
        return slot;
    }
}
