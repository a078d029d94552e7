package io.alexstream.model.data;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Frames that go through a step together. Whoever takes it closes it, which gives its buffer back. Confined to one thread at
 * a time.
 */
public final class Batch implements AutoCloseable {

    private final ByteBuffer frames;
    private final long[] classes;
    private final float[] shift;
    private final Consumer<ByteBuffer> recycler;

    /**
     * @param frames a direct buffer of whole frames from position 0
     * @param classes one a frame
     * @param shift three a frame, to be added to red, green and blue on the scale 0 to 1
     * @param recycler gets the buffer back
     */
    public Batch(ByteBuffer frames, long[] classes, float[] shift, Consumer<ByteBuffer> recycler) {
        this.frames = frames;
        this.classes = classes;
        this.shift = shift;
        this.recycler = recycler;
    }

    public int size() {
        return classes.length;
    }

    /** Valid until the batch is closed. */
    public ByteBuffer frames() {
        return frames;
    }

    /** Not a copy. */
    public long[] classes() {
        return classes;
    }

    /** Not a copy. */
    public float[] shift() {
        return shift;
    }

    @Override
    public void close() {
        recycler.accept(frames);
    }
}
