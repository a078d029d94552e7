package io.alexstream.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.testing.AllocatedBytes;
import io.alexstream.testing.Await;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
    void handsALoneElementOutTheMomentItsLingerIsOverAndNotBefore() throws Exception {
        long linger = Duration.ofMillis(1).toNanos();
        AtomicLong clock = new AtomicLong();
        AtomicInteger looks = new AtomicInteger();
        BatchPolicy policy = new BatchPolicy(8, Duration.ofNanos(linger), 2);
        try (MicroBatcher<String, Integer> batcher = new MicroBatcher<>(
                policy,
                () -> {
                    looks.incrementAndGet();
                    return clock.get();
                },
                ByteBuffer::allocate)) {
            batcher.reserve("a", 4, 7).filled();
            clock.set(linger - 1);
            Future<MicroBatch<String, Integer>> taken = threads.submit(batcher::take);
            Await.until("the thread has looked at the clock often", () -> looks.get() > 50);
            assertThat(taken.isDone()).isFalse();
            clock.set(linger);
            MicroBatch<String, Integer> batch = taken.get(10, TimeUnit.SECONDS);
            assertThat(batch.elements()).containsExactly(7);
            assertThat(batch.closeReason()).isEqualTo(CloseReason.LINGER);
        }
    }

    @Test
    void lingersForNothingOnceNoMoreIsExpected() throws Exception {
        try (MicroBatcher<String, Integer> batcher = batcher(8, Duration.ofHours(1), 2)) {
            batcher.reserve("a", 4, 7).filled();
            Future<MicroBatch<String, Integer>> taken = threads.submit(batcher::take);
            batcher.expectMore(false);
            MicroBatch<String, Integer> batch = taken.get(10, TimeUnit.SECONDS);
            assertThat(batch.elements()).containsExactly(7);
            assertThat(batch.closeReason()).isEqualTo(CloseReason.DRAINED);
            batcher.release(batch);
            batcher.reserve("a", 4, 8).filled();
            assertThat(batcher.take().elements()).containsExactly(8);
        }
    }

    @Test
    void lingersAgainWhenMoreIsExpectedAfterAll() {
        BatchQueue<String, Integer> queue =
                new BatchQueue<>(new BatchPolicy(8, Duration.ofNanos(5), 2), new BufferPool(2, ByteBuffer::allocate));
        queue.expectMore(false);
        queue.expectMore(true);
        queue.add(queue.batchFor("a", 4, 0), 1);
        assertThat(queue.nanosUntilDue(0)).isEqualTo(5);
    }

    @Test
    void lendsAPooledBufferAndTakesItBack() throws Exception {
        List<ByteBuffer> made = Collections.synchronizedList(new ArrayList<>());
        try (MicroBatcher<String, Integer> batcher =
                new MicroBatcher<>(new BatchPolicy(1, Duration.ZERO, 2), System::nanoTime, bytes -> {
                    ByteBuffer buffer = ByteBuffer.allocate(bytes);
                    made.add(buffer);
                    return buffer;
                })) {
            batcher.prepare(4);
            batcher.lend(4, lent -> assertThat(made).contains(lent));
            batcher.reserve("a", 4, 1).filled();
            batcher.reserve("a", 4, 2).filled();
            assertThat(made).hasSize(2);
            // All in use: whoever asks may hold one of them, so it gets one of its own and does not wait.
            batcher.lend(4, lent -> assertThat(made).hasSize(3).last().isSameAs(lent));
        }
    }

    @Test
    void wakesAProducerWhenALentBufferComesBack() throws Exception {
        try (MicroBatcher<String, Integer> batcher = batcher(1, Duration.ZERO, 2)) {
            batcher.reserve("a", 4, 1).filled();
            CountDownLatch started = new CountDownLatch(1);
            List<Future<?>> producer = new ArrayList<>();
            batcher.lend(4, lent -> {
                producer.add(threads.submit(() -> {
                    started.countDown();
                    batcher.reserve("a", 4, 2).filled();
                    return null;
                }));
                assertThat(started.getCount()).isLessThanOrEqualTo(1);
            });
            started.await();
            producer.get(0).get(10, TimeUnit.SECONDS);
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

    @Test
    void refusesToFillASlotTwice() throws Exception {
        try (MicroBatcher<String, Integer> batcher = batcher(2, Duration.ZERO, 2)) {
            Slot slot = batcher.reserve("a", 4, 1);
            slot.filled();
            assertThatThrownBy(slot::filled).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void handsOutSlotsAnewWhateverWasDoneToTheirPosition() throws Exception {
        try (MicroBatcher<String, Integer> batcher = batcher(1, Duration.ZERO, 2)) {
            for (int i = 0; i < 4; i++) {
                Slot slot = batcher.reserve("a", 4, i);
                assertThat(slot.buffer().putInt(i).position()).isEqualTo(4);
                slot.filled();
                MicroBatch<String, Integer> batch = batcher.take();
                assertThat(batch.buffer().getInt(0)).isEqualTo(i);
                batcher.release(batch);
            }
        }
    }

    @Test
    void takesNoMemoryForAnElementButItsPlaceInTheList() throws Exception {
        int size = 256;
        int batches = 50;
        try (MicroBatcher<String, Integer> batcher = batcher(size, Duration.ZERO, 2)) {
            run(batcher, size, 2); // makes the slots of both buffers
            long before = AllocatedBytes.ofThisThread();
            run(batcher, size, batches);
            long anElement = (AllocatedBytes.ofThisThread() - before) / (size * batches);
            // A reference, and a share of what a batch takes; a slot alone would be 24.
            assertThat(anElement).isLessThan(16);
        }
    }

    private static void run(MicroBatcher<String, Integer> batcher, int size, int batches) throws InterruptedException {
        Integer element = 1;
        for (int i = 0; i < batches * size; i++) {
            batcher.reserve("a", 4, element).filled();
            if (i % size == size - 1) {
                batcher.release(batcher.take());
            }
        }
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
