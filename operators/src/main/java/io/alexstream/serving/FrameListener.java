package io.alexstream.serving;

import io.alexstream.batching.CloseReason;

/**
 * Told how frames fare, for metrics. Called from the runtime's threads, several at a time; must be quick and must not throw.
 */
public interface FrameListener {

    /** An image was fetched: its size and how long that took. */
    void fetched(long bytes, long nanos);

    /** A frame was made of it; the time in the decoder and the filter, without the wait for a slot. */
    void decoded(long nanos);

    /** A frame's batch was taken to be run; the time since the frame was whole in its slot. */
    void waited(long nanos);

    /**
     * A batch ran whose first frame was this listener's. So every batch is told to one listener.
     *
     * @param queued frames that waited for the next batch when this one was taken
     */
    void batchRun(int size, CloseReason closeReason, long nanos, int queued);
}
