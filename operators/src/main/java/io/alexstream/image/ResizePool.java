package io.alexstream.image;

import io.alexstream.contract.InputSpec;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lends each frame the scratch of one that is done. There are never more than threads that resized at once. Safe for concurrent
 * use: the idle ones are guarded by a lock that is not held while one works.
 */
final class ResizePool {

    private final Deque<AntialiasedResize> idle = new ArrayDeque<>();

    /** As {@link AntialiasedResize#write}. */
    void write(DecodedImage image, InputSpec input, ByteBuffer slot) {
        AntialiasedResize taken = take();
        AntialiasedResize resize = taken == null ? new AntialiasedResize() : taken;
        // One that throws is in an unknown state, and is not given back.
        resize.write(image, input, slot);
        giveBack(resize);
    }

    private synchronized @Nullable AntialiasedResize take() {
        return idle.pollLast();
    }

    private synchronized void giveBack(AntialiasedResize resize) {
        idle.addLast(resize);
    }
}
