package io.alexstream.model.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.model.stream.StreamException;
import io.alexstream.model.stream.TopicExtent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TriggersTest {

    private final StopSignal stop = new StopSignal();
    private final List<String> said = new ArrayList<>();
    /** Null is a broker that does not answer. */
    private final Queue<@Nullable TopicExtent> extents = new LinkedList<>();

    private EveryLabels every(long labels) {
        return new EveryLabels(labels, this::extent, Duration.ofNanos(1), Duration.ofNanos(1), said::add);
    }

    /** The last one stops all, so that nothing waits for ever. */
    private TopicExtent extent() {
        if (extents.size() <= 1) {
            stop.stop();
        }
        TopicExtent next = extents.remove();
        if (next == null) {
            throw new StreamException("no broker");
        }
        return next;
    }

    private void will(@Nullable TopicExtent... next) {
        for (TopicExtent extent : next) {
            extents.add(extent);
        }
        extents.add(new TopicExtent(0, 0));
    }

    @Test
    void countsTheLabelsThatAreThereAtTheStart() {
        will(new TopicExtent(5, 15), new TopicExtent(5, 24), new TopicExtent(5, 25));
        EveryLabels trigger = every(10);
        assertThat(trigger.awaitNext(stop)).isTrue();
        assertThat(extents).hasSize(3);
        assertThat(trigger.awaitNext(stop)).isTrue();
        assertThat(extents).as("24 was one too few").hasSize(1);
    }

    @Test
    void labelsOfARoundThatFailedCountAgain() {
        will(new TopicExtent(0, 10), new TopicExtent(0, 10), new TopicExtent(0, 19));
        EveryLabels trigger = every(10);
        assertThat(trigger.awaitNext(stop)).isTrue();
        trigger.failed();
        assertThat(trigger.awaitNext(stop)).isTrue();
        assertThat(trigger.awaitNext(stop)).as("but once only").isFalse();
    }

    @Test
    void waitsWhereTheyAreTooFew() {
        will(new TopicExtent(5, 14), new TopicExtent(5, 14));
        assertThat(every(10).awaitNext(stop)).isFalse();
    }

    @Test
    void doesNotCountLabelsThatTheTopicHasForgotten() {
        will(new TopicExtent(100, 105));
        assertThat(every(10).awaitNext(stop)).isFalse();
    }

    @Test
    void beginsAnewWhereTheTopicWasMadeAnew() {
        will(new TopicExtent(0, 30), new TopicExtent(0, 3), new TopicExtent(0, 12), new TopicExtent(0, 13));
        EveryLabels trigger = every(10);
        assertThat(trigger.awaitNext(stop)).isTrue();
        assertThat(trigger.awaitNext(stop)).isTrue();
        assertThat(extents).hasSize(2);
    }

    @Test
    void outlivesSilentBrokersAndSaysSoOnce() {
        will(null, null, new TopicExtent(0, 10), new TopicExtent(0, 10));
        assertThat(every(10).awaitNext(stop)).isTrue();
        assertThat(said).containsExactly("cannot count labels, trying on: no broker", "counting labels again");
    }

    @Test
    void anIntervalBeginsAtOnceAndIsNotAddedToWhatARoundTook() {
        AtomicLong now = new AtomicLong(7);
        EveryInterval trigger = new EveryInterval(Duration.ofHours(6), now::get);
        assertThat(trigger.awaitNext(stop)).isTrue();
        now.addAndGet(Duration.ofHours(7).toNanos());
        assertThat(trigger.awaitNext(stop)).as("the round took longer").isTrue();
        stop.stop();
        assertThat(trigger.awaitNext(stop)).as("it waits, and is stopped").isFalse();
    }
}
