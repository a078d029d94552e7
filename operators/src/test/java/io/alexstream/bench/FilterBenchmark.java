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

/** The antialiasing filter alone, on pixels that are decoded already in their full size. Confined to the benchmark's thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FilterBenchmark {

    private static final InputSpec INPUT = InputSpec.square(227, 256);

    /** As {@link FrameBenchmark#size}. */
    @Param({"500x375", "4000x3000"})
    public String size = "500x375";

    private final FramePreprocessor preprocessor =
            new FramePreprocessor(ImageLimits.ofDefaults(), new ImageIoDecoder(), true);
    private final ByteBuffer slot = ByteBuffer.allocateDirect(INPUT.frameBytes());
    private PreparedImage prepared;

    @Setup
    public void decode() throws IOException {
        prepared = preprocessor.prepare(DrawnJpeg.of(size));
    }

    @TearDown
    public void close() {
        prepared.close();
    }

    @Benchmark
    public ByteBuffer filter() {
        prepared.writeFrame(INPUT, slot);
        return slot;
    }
}
