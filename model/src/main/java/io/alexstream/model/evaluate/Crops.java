package io.alexstream.model.evaluate;

import io.alexstream.contract.InputSpec;
import java.nio.ByteBuffer;

/** Which frames of an image a package is asked about. */
public enum Crops {
    /** The one that serving sees. */
    CENTER {
        @Override
        InputSpec read(InputSpec input) {
            return input;
        }

        @Override
        int frames() {
            return 1;
        }

        @Override
        void write(byte[] read, InputSpec input, ByteBuffer slots) {
            slots.put(read);
        }
    },
    /**
     * The corners and the centre of the resized image's square middle, and their mirror images, whose probabilities are averaged:
     * the 2012 paper's (section 4.1). Classes that are not in a crop's answer count as 0 there.
     */
    TEN {
        @Override
        InputSpec read(InputSpec input) {
            return InputSpec.square(input.resize(), input.resize());
        }

        @Override
        int frames() {
            return 10;
        }

        @Override
        void write(byte[] read, InputSpec input, ByteBuffer slots) {
            int down = input.resize() - input.height();
            int right = input.resize() - input.width();
            int[][] corners = {{0, 0}, {0, right}, {down, 0}, {down, right}, {down / 2, right / 2}};
            for (int[] corner : corners) {
                cut(read, input, corner[0], corner[1], slots);
                mirror(read, input, corner[0], corner[1], slots);
            }
        }
    };

    /** What is read of an image. */
    abstract InputSpec read(InputSpec input);

    /** How many frames are made of it. */
    abstract int frames();

    /**
     * Makes the frames.
     *
     * @param read pixels of {@link #read}
     * @param slots gets them at its position, which moves on
     */
    abstract void write(byte[] read, InputSpec input, ByteBuffer slots);

    private static void cut(byte[] square, InputSpec input, int top, int left, ByteBuffer slots) {
        for (int y = 0; y < input.height(); y++) {
            slots.put(square, ((top + y) * input.resize() + left) * 3, input.width() * 3);
        }
    }

    private static void mirror(byte[] square, InputSpec input, int top, int left, ByteBuffer slots) {
        for (int y = 0; y < input.height(); y++) {
            int row = ((top + y) * input.resize() + left) * 3;
            for (int x = input.width() - 1; x >= 0; x--) {
                slots.put(square, row + x * 3, 3);
            }
        }
    }
}
