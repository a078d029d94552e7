package io.alexstream.bench;

import io.alexstream.batching.BatchPolicy;
import io.alexstream.batching.MicroBatch;
import io.alexstream.batching.MicroBatcher;
import io.alexstream.batching.Slot;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the batcher costs a frame: a slot reserved and filled, and a 32nd of a batch taken and released. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MicroBatcherBenchmark {

    /** {@code batch.max-size}'s default. */
    private static final int BATCH = 32;

    private static final int SLOT_BYTES = 227 * 227 * 3;

    private final MicroBatcher<String, Integer> batcher = new MicroBatcher<>(
            new BatchPolicy(BATCH, Duration.ofMillis(5), 3), System::nanoTime, ByteBuffer::allocateDirect);

    /** A whole batch; JMH divides by its frames. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int fillTakeRelease() throws InterruptedException {
        for (int i = 0; i < BATCH; i++) {
            Slot slot = batcher.reserve("model", SLOT_BYTES, i);
            slot.filled();
        }
        MicroBatch<String, Integer> batch = batcher.take();
        if (batch == null) {
            throw new IllegalStateException("the batcher is closed");
        }
        batcher.release(batch);
        return batch.size();
    }
}
