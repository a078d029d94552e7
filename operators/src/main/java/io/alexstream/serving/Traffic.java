package io.alexstream.serving;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the frames that are fetched and not answered yet: those that want this machine's cores now. Images on the network do
 * not. Safe for concurrent use.
 */
final class Traffic {

    private final AtomicInteger frames = new AtomicInteger();

    /** Counts a frame until its outcome is known. */
    void add(CompletableFuture<?> outcome) {
        frames.incrementAndGet();
        outcome.whenComplete((value, fault) -> frames.decrementAndGet());
    }

    int frames() {
        return frames.get();
    }
}
