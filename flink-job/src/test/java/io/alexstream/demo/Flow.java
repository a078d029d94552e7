package io.alexstream.demo;

import io.alexstream.contract.ModelRef;
import io.alexstream.model.stream.EventReader;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.stream.StreamEvent;
import io.alexstream.model.terminal.ProgressBar;
import io.alexstream.model.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * References flow in, events out. Where there is a second version of the model, it replaces the first in mid-stream; pictures
 * that have had their turn go round again until it serves, so that the flow does not end before. Confined to one thread,
 * which reads; two of its own publish.
 */
final class Flow {

    private static final Duration POLL = Duration.ofMillis(100);

    /** Longer than any checkpoint or restart takes here; then something hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The swap begins when this part of the pictures is answered. */
    private static final int EARLY = 8;

    /** References after the swap: two batches, so that the new version is seen to work. */
    private static final int AFTER = 64;

    private final KafkaAccess access;
    private final LocalFlink flink;
    private final DemoModel model;
    private final Ledger ledger;
    private final Collected collected;

    Flow(KafkaAccess access, LocalFlink flink, DemoModel model, Ledger ledger, Collected collected) {
        this.access = access;
        this.flink = flink;
        this.model = model;
        this.ledger = ledger;
        this.collected = collected;
    }

    /**
     * Returns when each reference has its answer, or nothing comes any more, which the ledger tells.
     *
     * @return the swap, or null where there was none
     * @throws DemoException where Kafka, the job or the swap fails
     */
    @Nullable
    HotSwap run(Terminal terminal, EventReader reader, String topic, List<DemoInput> inputs) {
        ModelRef first = model.first();
        ModelRef second = model.second();
        CompletableFuture<HotSwap> swap = new CompletableFuture<>();
        boolean swaps = first != null && second != null;
        CompletableFuture<Void> publishing =
                inBackground("publisher", () -> publish(topic, inputs, swaps ? swap : null));
        int total = inputs.size() + (swaps ? AFTER : 0);
        try (ProgressBar progress = new ProgressBar(terminal, "  Classify ", total, System::nanoTime)) {
            boolean isBegun = false;
            long lastNews = System.nanoTime();
            while (!publishing.isDone() || ledger.answered() < ledger.publishedCount()) {
                lastNews = take(reader) ? System.nanoTime() : lastNews;
                progress.update(Math.min(total, ledger.answered()));
                if (first != null && second != null && !isBegun && ledger.answered() > inputs.size() / EARLY) {
                    isBegun = true;
                    inBackground("swap", () -> HotSwap.perform(access, HotSwap.UPDATES, HotSwap.STATUS, first, second))
                            .whenComplete((done, e) -> complete(swap, done, e));
                }
                flink.requireAlive();
                if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
                    break;
                }
            }
            if (publishing.isDone()) {
                publishing.join();
            }
            return swap.isDone() ? swap.join() : null;
        } catch (CompletionException e) {
            throw new DemoException(Failures.oneLine(e), e);
        }
    }

    private static void complete(CompletableFuture<HotSwap> swap, HotSwap done, @Nullable Throwable e) {
        if (e == null) {
            swap.complete(done);
        } else {
            swap.completeExceptionally(e);
        }
    }

    private Void publish(String topic, List<DemoInput> inputs, @Nullable CompletableFuture<HotSwap> swap) {
        try (var producer = access.producer()) {
            Publisher publisher = new Publisher(producer, ledger);
            publisher.publish(topic, inputs);
            if (swap != null) {
                List<DemoInput> good = inputs.stream()
                        .filter(input -> input.expected().reasons().isEmpty())
                        .toList();
                publisher.publishUntil(swap::isDone, AFTER, topic, good, this::answeredUncommitted);
            }
        }
        return null;
    }

    /** As the job's own counters have it: an answer is there before its checkpoint is. */
    long answeredUncommitted() {
        return Math.max(EngineMetrics.sum("framesOut") + ledger.deadLettered(), ledger.answered());
    }

    /** @throws DemoException where the job has ended */
    void requireAlive() {
        flink.requireAlive();
    }

    /** Reads what has come; returns whether anything had. */
    boolean take(EventReader reader) {
        List<StreamEvent> events = reader.poll(POLL);
        for (StreamEvent event : events) {
            ledger.arrived(event);
            collected.add(event);
        }
        return !events.isEmpty();
    }

    private static <T> CompletableFuture<T> inBackground(String name, Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, command -> new Thread(command, name).start());
    }
}
