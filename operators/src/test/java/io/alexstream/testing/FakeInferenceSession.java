package io.alexstream.testing;

import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.ModelSignature;
import io.alexstream.inference.TopK;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A session without a model: a frame's first byte is its class, with probability 0.75. Fails as told, and fails loudly when it
 * is run after its close or closed while it runs, where ONNX Runtime would crash the process.
 */
public final class FakeInferenceSession implements InferenceSession {

    /** A frame whose first byte is this fails its batch. */
    public static final int POISON = 13;

    private final ModelSignature signature;
    private final FakeSessions sessions;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean closed;

    FakeInferenceSession(ModelSignature signature, FakeSessions sessions) {
        this.signature = signature;
        this.sessions = sessions;
    }

    @Override
    public ModelSignature signature() {
        return signature;
    }

    @Override
    public ExecutionProvider executionProvider() {
        return sessions.provider();
    }

    @Override
    public TopK run(ByteBuffer frames, int count) {
        running.incrementAndGet();
        try {
            if (closed) {
                throw sessions.misused("run after close");
            }
            sessions.beforeRun(count);
            return answer(frames, count);
        } finally {
            running.decrementAndGet();
        }
    }

    private TopK answer(ByteBuffer frames, int count) {
        float[] probabilities = new float[count * signature.topK()];
        long[] classes = new long[count * signature.topK()];
        for (int i = 0; i < count; i++) {
            int first = frames.get(i * signature.frameBytes()) & 0xff;
            if (first == POISON) {
                throw InferenceException.internal("this frame fails its batch", null);
            }
            for (int k = 0; k < signature.topK(); k++) {
                probabilities[i * signature.topK() + k] = k == 0 ? 0.75f : 0.01f;
                classes[i * signature.topK() + k] =
                        k == 0 ? first % FakePackages.CLASSES : (first + k) % FakePackages.CLASSES;
            }
        }
        return new TopK(count, signature.topK(), probabilities, classes);
    }

    @Override
    public void close() {
        if (running.get() > 0) {
            throw sessions.misused("close during a run");
        }
        if (!closed) {
            closed = true;
            sessions.closed();
        }
    }
}
