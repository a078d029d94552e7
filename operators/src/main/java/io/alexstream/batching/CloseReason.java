package io.alexstream.batching;

/** Why a micro-batch was closed. */
public enum CloseReason {
    /** It held {@code maxBatchSize} elements. */
    FULL,
    /** Its first element had waited for {@code linger}, and a thread was free to run it. */
    LINGER,
    /** No more elements were expected, or the batcher was closed, and what waited was let go without lingering. */
    DRAINED
}
