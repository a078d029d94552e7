package io.alexstream.inference;

import java.nio.ByteBuffer;

/**
 * One model loaded on one device. Runs may overlap where the execution provider allows it; {@link #close()} may not overlap
 * a run (ONNX Runtime 1.29.0 crashes the process), so whoever shares a session counts leases.
 */
public interface InferenceSession extends AutoCloseable {

    ModelSignature signature();

    ExecutionProvider executionProvider();

    /**
     * Classifies frames.
     *
     * @param frames a direct buffer that holds {@code count} frames from position 0, each {@link
     *     ModelSignature#frameBytes()} long; its position and limit are neither read nor changed
     * @param count 1 or more
     * @throws InferenceException where the batch could not be run
     */
    TopK run(ByteBuffer frames, int count);

    /** Frees the model. The first call closes, further ones do nothing. Must not overlap a run. */
    @Override
    void close();
}
