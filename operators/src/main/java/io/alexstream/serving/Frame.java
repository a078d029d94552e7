package io.alexstream.serving;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import io.alexstream.image.ImageException;
import java.util.concurrent.CompletableFuture;

/**
 * One image on its way from reference to outcome. Handed from thread to thread, confined to one at a time; the future may be
 * completed by any, and the first one wins.
 */
final class Frame {

    private final String uri;
    private final FrameListener listener;
    private final CompletableFuture<FrameOutcome> outcome = new CompletableFuture<>();
    private final ServedModel model;

    /** Written before the slot is filled, read after the batch is taken: the batcher's lock lies between. */
    private long readyAt;

    /** @param model leased; {@link ServingRuntime} releases it when the outcome is known */
    Frame(String uri, ServedModel model, FrameListener listener) {
        this.uri = uri;
        this.model = model;
        this.listener = listener;
    }

    String uri() {
        return uri;
    }

    ServedModel model() {
        return model;
    }

    FrameListener listener() {
        return listener;
    }

    CompletableFuture<FrameOutcome> outcome() {
        return outcome;
    }

    /** Its bytes lie in its slot; from here on it waits for its batch. */
    void readyAt(long nanos) {
        readyAt = nanos;
    }

    long readyAt() {
        return readyAt;
    }

    void complete(FrameOutcome value) {
        outcome.complete(value);
    }

    void reject(ImageException e) {
        Throwable thrown = e.getCause() == null ? e : e.getCause();
        outcome.complete(new FrameOutcome.Rejected(
                e.reason(), e.stage(), thrown.getClass().getName(), String.valueOf(e.getMessage())));
    }

    /** An answer that the model failed to give to this very frame. */
    void reject(RuntimeException e) {
        outcome.complete(new FrameOutcome.Rejected(
                DeadLetterReason.INFERENCE_FAILED,
                Stage.INFER,
                e.getClass().getName(),
                String.valueOf(e.getMessage())));
    }

    /** The process is at fault and not the image: whoever waits must fail and be restored. */
    void fail(Throwable fault) {
        outcome.completeExceptionally(fault);
    }
}
