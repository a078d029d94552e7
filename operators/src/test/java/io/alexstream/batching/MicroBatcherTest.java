package io.alexstream.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MicroBatcherTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void handsALoneElementOutAfterItsLinger() throws Exception {
        try (MicroBatcher<String, Integer> batcher = batcher(8, Duration.ofMillis(1), 2)) {
            batcher.reserve("a", 4, 7).filled();
            MicroBatch<String, Integer> batch = batcher.take();
            assertThat(batch).isNotNull();
            assertThat(batch.elements()).containsExactly(7);
        }
    }

    @Test
    void wakesAThreadThatWaitsForWork() throws Exception {
        try (MicroBatcher<String, Integer> batcher = batcher(1, Duration.ofHours(1), 2)) {
            Future<MicroBatch<String, Integer>> taken = threads.submit(batcher::take);
            batcher.reserve("a", 4, 7).filled();
            assertThat(taken.get(10, TimeUnit.SECONDS).elements()).containsExactly(7);
        }
    }

    @Test
    void holdsAProducerBackUntilABufferIsFree() throws Exception {
        try (MicroBatcher<String, Integer> batcher = batcher(1, Duration.ZERO, 2)) {
            batcher.reserve("a", 4, 1).filled();
            batcher.reserve("a", 4, 2).filled();
            CountDownLatch started = new CountDownLatch(1);
            Future<?> third = threads.submit(() -> {
                started.countDown();
                batcher.reserve("a", 4, 3).filled();
                return null;
            });
            started.await();
            assertThat(batcher.queued()).isEqualTo(2);
            MicroBatch<String, Integer> first = batcher.take();
            assertThat(first).isNotNull();
            assertThat(third.isDone()).isFalse();
            batcher.release(first);
            third.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void letsProducersAndTakersGoWhenClosed() throws Exception {
        MicroBatcher<String, Integer> batcher = batcher(1, Duration.ofHours(1), 2);
        batcher.reserve("a", 4, 1).filled();
        batcher.reserve("a", 4, 2).filled();
        Future<?> producer = threads.submit(() -> {
            batcher.reserve("a", 4, 3);
            return null;
        });
        batcher.close();
        assertThat(batcher.take()).isNotNull();
        assertThat(batcher.take()).isNotNull();
        assertThat(batcher.take()).isNull();
        assertThatThrownBy(() -> producer.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyElementLeavesExactlyOnceWithItsOwnBytes(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int max = random.nextInt(1, 9);
        int producers = random.nextInt(1, 5);
        int takers = random.nextInt(1, 4);
        int perProducer = 2_000;
        MicroBatcher<String, Integer> batcher = batcher(max, Duration.ofNanos(random.nextInt(0, 200_000)), takers + 2);
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> takerEnds = new ArrayList<>();
        for (int t = 0; t < takers; t++) {
            takerEnds.add(threads.submit(() -> {
                for (var batch = batcher.take(); batch != null; batch = batcher.take()) {
                    record(batch, max, seen);
                    batcher.release(batch);
                }
                return null;
            }));
        }
        List<Future<?>> producerEnds = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int from = p * perProducer;
            producerEnds.add(threads.submit(() -> {
                for (int i = from; i < from + perProducer; i++) {
                    Slot slot = batcher.reserve(i % 7 == 0 ? "rare" : "common", 4, i);
                    slot.buffer().putInt(0, i);
                    slot.filled();
                }
                return null;
            }));
        }
        for (Future<?> end : producerEnds) {
            end.get();
        }
        batcher.close();
        for (Future<?> end : takerEnds) {
            end.get();
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, producers * perProducer).boxed().toList());
    }

    private static void record(MicroBatch<String, Integer> batch, int max, List<Integer> seen) {
        assertThat(batch.size()).isBetween(1, max);
        for (int i = 0; i < batch.size(); i++) {
            int element = batch.elements().get(i);
            assertThat(element % 7 == 0).isEqualTo(batch.key().equals("rare"));
            assertThat(batch.buffer().getInt(i * 4)).isEqualTo(element);
            seen.add(element);
        }
    }

    private static MicroBatcher<String, Integer> batcher(int max, Duration linger, int buffers) {
        return new MicroBatcher<>(new BatchPolicy(max, linger, buffers), System::nanoTime, ByteBuffer::allocate);
    }
}
