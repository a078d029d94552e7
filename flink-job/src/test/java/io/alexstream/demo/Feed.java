package io.alexstream.demo;

import io.alexstream.model.stream.KafkaAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Sends references for as long as it may: each input once, then the good ones round and round. Sends on the thread that runs it; any
 * other may change the pace and end it.
 */
final class Feed implements Runnable {

    /** Three full batches: the next one never waits for its frames. */
    private static final int AHEAD = 96;

    /** References a time: the job runs them as one batch, which takes less than each alone. */
    private static final int TOGETHER = 8;

    private static final Duration LOOK = Duration.ofMillis(10);

    private final KafkaAccess access;
    private final Ledger ledger;
    private final LongSupplier answered;
    private final String topic;
    private final List<DemoInput> inputs;
    private volatile double rate;
    private volatile boolean ended;

    /** @param answered how many answers there are to all that was ever published */
    Feed(KafkaAccess access, Ledger ledger, LongSupplier answered, String topic, List<DemoInput> inputs) {
        this.access = access;
        this.ledger = ledger;
        this.answered = answered;
        this.topic = topic;
        this.inputs = inputs;
    }

    /** So many a second from now on. */
    void slowTo(double perSecond) {
        rate = perSecond;
    }

    /** As fast as they are answered from now on. */
    void atFullSpeed() {
        rate = 0;
    }

    /** No more of them. */
    void end() {
        ended = true;
    }

    @Override
    public void run() {
        List<DemoInput> good = inputs.stream()
                .filter(input -> input.expected().reasons().isEmpty())
                .toList();
        try (var producer = access.producer()) {
            Publisher publisher = new Publisher(producer, ledger);
            int next = 0;
            while (!ended) {
                List<DemoInput> together = new ArrayList<>();
                for (int i = 0; i < TOGETHER; i++, next++) {
                    together.add(next < inputs.size() ? inputs.get(next) : good.get(next % good.size()));
                }
                awaitTurn();
                publisher.publish(topic, together);
            }
        }
    }

    private void awaitTurn() {
        long begin = System.nanoTime();
        while (!ended && !isTurn((System.nanoTime() - begin) / 1e9)) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private boolean isTurn(double waited) {
        double perSecond = rate;
        return perSecond > 0 ? waited >= TOGETHER / perSecond : ledger.publishedCount() - answered.getAsLong() < AHEAD;
    }
}
