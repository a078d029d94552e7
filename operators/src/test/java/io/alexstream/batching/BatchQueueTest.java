package io.alexstream.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchQueueTest {

    private static final int SLOT = 4;
    private static final long LINGER = 1_000;

    private final List<ByteBuffer> made = new ArrayList<>();
    private final BatchQueue<String, Integer> queue =
            new BatchQueue<>(new BatchPolicy(3, Duration.ofNanos(LINGER), 2), new BufferPool(2, this::allocate));

    private ByteBuffer allocate(int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        made.add(buffer);
        return buffer;
    }

    @Test
    void closesBatchWhenFull() {
        addFilled("a", 1, 0);
        addFilled("a", 2, 0);
        assertThat(queue.poll(0)).isNull();
        addFilled("a", 3, 0);

        MicroBatch<String, Integer> batch = queue.poll(0);

        assertThat(batch).isNotNull();
        assertThat(batch.elements()).containsExactly(1, 2, 3);
        assertThat(batch.closeReason()).isEqualTo(CloseReason.FULL);
        assertThat(queue.queued()).isZero();
    }

    @Test
    void closesBatchWhenLingerExpires() {
        addFilled("a", 1, 100);
        assertThat(queue.nanosUntilDue(100)).isEqualTo(LINGER);
        assertThat(queue.poll(100 + LINGER - 1)).isNull();

        MicroBatch<String, Integer> batch = queue.poll(100 + LINGER);

        assertThat(batch).isNotNull();
        assertThat(batch.closeReason()).isEqualTo(CloseReason.LINGER);
        assertThat(batch.elements()).containsExactly(1);
    }

    @Test
    void waitsForSlotsThatAreStillWritten() {
        MicroBatch<String, Integer> batch = add("a", 1, 0);
        assertThat(queue.poll(LINGER)).isNull();
        assertThat(queue.nanosUntilDue(LINGER)).isEqualTo(Long.MAX_VALUE);
        batch.filled();
        assertThat(queue.poll(LINGER)).isSameAs(batch);
    }

    @Test
    void neverMixesKeysAndServesTheOldestFirst() {
        addFilled("old", 1, 0);
        addFilled("new", 2, 10);
        addFilled("old", 3, 20);

        assertThat(elements(queue.poll(LINGER + 20))).containsExactly(1, 3);
        assertThat(elements(queue.poll(LINGER + 20))).containsExactly(2);
    }

    @Test
    void givesTheOldKeyItsTurnWhileFullBatchesOfTheNewOneWait() {
        addFilled("old", 0, 0);
        for (int element = 1; element <= 3; element++) {
            addFilled("new", element, 10);
        }
        MicroBatch<String, Integer> first = queue.poll(LINGER);
        assertThat(elements(first)).containsExactly(1, 2, 3);
        queue.release(first);
        for (int element = 4; element <= 6; element++) {
            addFilled("new", element, LINGER);
        }

        assertThat(elements(queue.poll(LINGER + 1))).containsExactly(0);
        assertThat(elements(queue.poll(LINGER + 1))).containsExactly(4, 5, 6);
    }

    @Test
    void hasNoPlaceWhileEveryBufferIsInUse() {
        addFilled("a", 1, 0);
        addFilled("b", 2, 0);
        assertThat(queue.batchFor("c", SLOT, 0)).isNull();
        MicroBatch<String, Integer> first = queue.poll(LINGER);
        assertThat(first).isNotNull();
        assertThat(queue.batchFor("c", SLOT, 0)).isNull();
        queue.release(first);
        assertThat(queue.batchFor("c", SLOT, 0)).isNotNull();
        assertThat(made).hasSize(2);
    }

    @Test
    void replacesABufferThatIsTooSmallForLargerFrames() {
        addFilled("small", 1, 0);
        MicroBatch<String, Integer> small = queue.poll(LINGER);
        assertThat(small).isNotNull();
        queue.release(small);

        MicroBatch<String, Integer> large = queue.batchFor("large", 100, 0);

        assertThat(large).isNotNull();
        assertThat(large.buffer().capacity()).isEqualTo(300);
        assertThat(queue.add(large, 1).buffer().capacity()).isEqualTo(100);
    }

    @Test
    void givesEachElementItsOwnSlot() {
        MicroBatch<String, Integer> batch = queue.batchFor("a", SLOT, 0);
        assertThat(batch).isNotNull();
        queue.add(batch, 1).buffer().putInt(0, 11);
        queue.add(batch, 2).buffer().putInt(0, 22);
        assertThat(batch.buffer().getInt(0)).isEqualTo(11);
        assertThat(batch.buffer().getInt(SLOT)).isEqualTo(22);
    }

    @Test
    void letsGoOfAllThatWaitsWhenDrained() {
        addFilled("a", 1, 0);
        addFilled("b", 2, 0);
        queue.drain();
        assertThat(elements(queue.poll(0))).containsExactly(1);
        MicroBatch<String, Integer> second = queue.poll(0);
        assertThat(second).isNotNull();
        assertThat(second.closeReason()).isEqualTo(CloseReason.DRAINED);
    }

    private void addFilled(String key, int element, long now) {
        add(key, element, now).filled();
    }

    private MicroBatch<String, Integer> add(String key, int element, long now) {
        MicroBatch<String, Integer> batch = queue.batchFor(key, SLOT, now);
        assertThat(batch).isNotNull();
        queue.add(batch, element);
        return batch;
    }

    private static List<Integer> elements(@Nullable MicroBatch<String, Integer> batch) {
        assertThat(batch).isNotNull();
        return batch.elements();
    }
}
