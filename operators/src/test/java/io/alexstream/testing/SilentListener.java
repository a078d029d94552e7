package io.alexstream.testing;

import io.alexstream.batching.CloseReason;
import io.alexstream.serving.FrameListener;

/** Listens to nothing; a test overrides what it wants to hear. */
public class SilentListener implements FrameListener {

    @Override
    public void fetched(long bytes, long nanos) {}

    @Override
    public void decoded(long nanos) {}

    @Override
    public void waited(long nanos) {}

    @Override
    public void batchRun(int size, CloseReason closeReason, long nanos, int queued) {}
}
