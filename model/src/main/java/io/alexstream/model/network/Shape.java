package io.alexstream.model.network;

/** What one image is between two layers: channels x height x width, in that order in memory. */
public record Shape(int channels, int height, int width) {

    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a shape needs at least 1 x 1 x 1, was " + channels + " x " + height + " x " + width);
        }
    }

    /** A vector, as fully connected layers give. */
    public static Shape vector(int size) {
        return new Shape(size, 1, 1);
    }

    public int size() {
        return Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
