package io.alexstream.model.export;

import io.alexstream.contract.InputSpec;
import java.nio.ByteBuffer;

/**
 * Frames drawn by arithmetic alone, for checks of a model on any machine: two gradients, noise, blobs, stripes and a nearly
 * even grey. Different enough that a model which mixes up the rows of a batch, the channels or the axes is found out.
 */
public final class DrawnFrames {

    /** How many different frames there are. */
    public static final int COUNT = 6;

    private DrawnFrames() {}

    /** All frames of that size, one after another, in a direct buffer with position 0. */
    public static ByteBuffer draw(InputSpec input) {
        ByteBuffer frames = ByteBuffer.allocateDirect(Math.multiplyExact(COUNT, input.frameBytes()));
        for (int frame = 0; frame < COUNT; frame++) {
            for (int y = 0; y < input.height(); y++) {
                for (int x = 0; x < input.width(); x++) {
                    for (int channel = 0; channel < 3; channel++) {
                        frames.put((byte) value(frame, x, y, channel, input));
                    }
                }
            }
        }
        return frames.flip();
    }

    private static int value(int frame, int x, int y, int channel, InputSpec input) {
        int across = 255 * x / Math.max(1, input.width() - 1);
        int down = 255 * y / Math.max(1, input.height() - 1);
        return switch (frame) {
            case 0 -> new int[] {across, down, 255 - across}[channel];
            case 1 -> new int[] {255 - down, (across + down) / 2, down}[channel];
            case 2 -> noise(x, y, channel);
            case 3 -> blobs(across, down, channel);
            case 4 -> (x / 4 + y / 8 * (channel + 1)) % 2 == 0 ? 230 : 25;
            default -> 118 + noise(x, y, channel) / 32 + channel * 4;
        };
    }

    /** An integer hash of the position; its constants are those of MurmurHash3's finaliser. */
    private static int noise(int x, int y, int channel) {
        int hash = (y * 8192 + x) * 3 + channel;
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return (hash ^ (hash >>> 16)) & 0xFF;
    }

    /** Three round spots, one brightest in each channel, on a dark ground. */
    private static int blobs(int across, int down, int channel) {
        int dx = across - (64 + 64 * channel);
        int dy = down - (64 + 50 * ((channel + 1) % 3));
        return Math.max(20, 250 - (dx * dx + dy * dy) / 24);
    }
}
